// The search. Loaded when somebody first goes to its field. It asks only files of this site, keeps nothing, and what
// is typed never leaves the browser. Pagefind finds the pages; this file mends slips, puts warning signs first and
// shows what was found as a plain list of links.

const MOST_RESULTS = 8;
const MOST_SIGNS = 3;
const MOST_SECTIONS = 2;
const NEARNESS = 2; // what a title that is the same counts, where the best text counts 1
const ENOUGH = 12; // a long question tells by some of its words: the others do not count against a title
const URGENT = { emergency: 0.8, today: 0.6, soon: 0.3 }; // what a page on warning signs counts more where one fits
const WAIT = 200; // milliseconds after the last key

const form = document.querySelector("form[data-search]");
const field = form.querySelector("input");
const index = new URL(form.dataset.index, location.href);
const language = document.documentElement.lang;

// Texts as words: without case, accents and apostrophes, so that "can't" is "cant" and "Rücken" is "rucken".
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\p{M}'’]/gu, "");
const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
// The beginning that the forms of a word share. A sign keeps short words as they are: one weak leg is not two weak legs.
const root = (word) => word.replace(/(?<=\p{L}{3})(ness|ings?|(?<!e)ed|es|ly|s|e)$/u, "").replace(/(?<=\p{L}{2})(\p{L})\1$/u, "$1");
const stem = (word) => (word.length > 4 ? root(word) : word);

const element = (name, className = "", text = "") => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};
const link = (path, text) => {
  const made = element("a", "", text);
  made.href = path;
  return made;
};
const filled = (word, values) => word.replace(/\{(\w+)\}/gu, (_, name) => values[name]);

// How many slips (a letter lost, added, changed, or two swapped) lie between two words; `most` + 1 if more than `most`.
function slips(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length];
}

class Guide {
  constructor(data) {
    this.data = data;
    this.words = data.words;
    this.skip = new Set(data.skip.flatMap(wordsOf));
    this.vocabulary = [...new Set(wordsOf(data.vocabulary))];
    this.known = new Set([...this.vocabulary, ...wordsOf(data.known)].map(root));
    const roots = (text) => [...new Set(this.telling(text).map(root))];
    this.pages = new Map(Object.entries(data.pages).map(([id, texts]) => [id, texts.map(roots)]));
    this.spelt = new Map(Object.entries(data.pages).map(([id, texts]) => [id, texts.map((one) => wordsOf(one).join(" "))]));
    this.urgent = new Set(data.urgent);
    this.texts = this.pages.size;
    this.uses = new Map();
    for (const texts of this.pages.values()) {
      for (const word of new Set(texts.flat())) this.uses.set(word, (this.uses.get(word) ?? 0) + 1);
    }
    this.levels = data.signs.map(({ level }) => level);
    this.signs = data.signs.map((sign) => ({ ...sign, entries: sign.words.map((one) => this.entry(one)) }));
    this.synonyms = data.synonyms.flatMap(([typed, means]) => typed.map((one) => [roots(one), wordsOf(means)]));
    const others = [...data.signs.flatMap(({ words }) => words), ...data.synonyms.flatMap(([typed]) => typed)];
    this.others = new Set(others.flatMap(wordsOf)); // words of readers, which need not stand on the site
    this.proposed = new Set([...this.vocabulary, ...[...this.others].filter((word) => word.length > 3)]);
  }

  // What must be typed for a sign, and what must not be: "tearing -tears".
  entry(text) {
    const [all, ...not] = text.split(" -");
    return { all: wordsOf(all).map(stem), not: not.flatMap(wordsOf) };
  }

  // How near the words of a search are to a page's title or to one of its names: 0 is not at all, 1 is the same. A word
  // that few titles and names have counts for more; half as much again where the whole search is the title or name, and
  // nearly so where it is its beginning.
  nearness(words, whole, id) {
    const sum = (some) => some.reduce((total, word) => total + Math.log(1 + this.texts / (this.uses.get(word) ?? 1)), 0);
    const asked = [...new Set(words.map(root))];
    const all = Math.min(sum(asked), ENOUGH);
    const near = (text) => Math.min(1, (2 * sum(asked.filter((word) => text.includes(word)))) / (all + sum(text)));
    const spelt = this.spelt.get(id) ?? [];
    const same = spelt.includes(whole) ? 0.5 : 0.4 * spelt.some((one) => one.startsWith(`${whole} `));
    return same + Math.max(0, ...(this.pages.get(id) ?? []).map(near));
  }

  // The words of a text that tell what it is about; all of them where none does.
  telling(text) {
    const all = wordsOf(text);
    const told = all.filter((word) => !this.skip.has(word));
    return told.length ? told : all;
  }

  // Whether a word, or the beginning of one, stands on the site; of short words and numbers nobody can tell.
  knows(word) {
    if (word.length < 4 || this.skip.has(word) || /\p{N}/u.test(word)) return true;
    return this.known.has(root(word)) || this.vocabulary.some((one) => one.startsWith(word));
  }

  // A word as it was probably meant. One that is known, short, or the beginning of a known one stays.
  mended(word) {
    if (this.knows(word) || this.others.has(word)) return word;
    const most = word.length < 6 ? 1 : 2;
    let best = word;
    let fewest = most + 1;
    for (const one of this.proposed) {
      const count = slips(word, one, most) + (one[0] === word[0] ? 0 : 0.5);
      if (count < fewest) [best, fewest] = [one, count];
    }
    return best;
  }

  // Words in which readers' words have become those of the site; `own` are words that stay beside them.
  translated(words, own = []) {
    const typed = new Set(words.map(root));
    const fits = this.synonyms.filter(([all]) => all.every((word) => typed.has(word)));
    const gone = new Set(fits.flatMap(([all]) => all));
    return [...new Set([...own, ...words.filter((word) => !gone.has(root(word))), ...fits.flatMap(([, means]) => means)])];
  }

  // The signs that fit: all words of one of a sign's entries were typed. The most urgent are first in the data; of those
  // that are as urgent, the one of which most was typed.
  fitting(query) {
    const words = wordsOf(query);
    const meant = words.map((word) => this.mended(word));
    const typed = new Set([...words, ...this.translated(meant, meant)].map(stem));
    const fits = ({ all, not }) => (all.every((word) => typed.has(word)) && !not.some((word) => words.includes(word)) ? all.length : 0);
    const counted = this.signs.map((sign) => [Math.max(0, ...sign.entries.map(fits)), sign]).filter(([count]) => count);
    counted.sort(([a, one], [b, other]) => this.levels.indexOf(one.level) - this.levels.indexOf(other.level) || b - a);
    return counted.map(([, sign]) => sign).slice(0, MOST_SIGNS);
  }
}

async function load() {
  const [pagefind, answer] = await Promise.all([
    import(new URL("pagefind.js", index)),
    fetch(new URL(`${language}.json`, index)),
  ]);
  const guide = new Guide(await answer.json());
  await pagefind.options({
    baseUrl: new URL("..", index).pathname,
    metaCacheTag: "1",
    noWorker: true,
    excerptLength: 24,
    ranking: { metaWeights: { title: 5, names: 5 } },
  });
  await pagefind.init(language.toLowerCase());
  return { pagefind, guide };
}

// The best pages: those whose texts have all the words, or the rarer of them, and those with the nearest title or name.
// Where a warning sign fits, the pages on warning signs go up.
async function ranked(pagefind, guide, words, whole, level) {
  const points = new Map();
  const add = (results, weight) => {
    const top = results[0]?.score || 1;
    for (const one of results) {
      const known = points.get(one.id)?.[0];
      const urgent = guide.urgent.has(one.id) ? (URGENT[level] ?? 0) : 0;
      const earlier = known ?? guide.nearness(words, whole, one.id) * NEARNESS + urgent;
      points.set(one.id, [earlier + weight * (0.2 + (0.8 * one.score) / top), one]);
    }
  };
  const single = words.length > 1 ? words : [];
  const [joint, ...each] = await Promise.all([words.join(" "), ...single].map((query) => pagefind.search(query)));
  add(joint.results, 1);
  const rarities = each.map(({ results }) => 1 / Math.log2(2 + results.length));
  const all = rarities.reduce((sum, one) => sum + one, 0);
  each.forEach(({ results }, n) => add(results, rarities[n] / all));
  return [...points.values()].sort(([a], [b]) => b - a).slice(0, MOST_RESULTS).map(([, one]) => one);
}

// An excerpt comes as HTML with marked words: its text and marks are taken over, and nothing else.
function excerpt(html) {
  const made = element("span", "what", "… ");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    made.append(node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent.replace(/ (?=[.,;:)])/gu, ""));
  }
  made.append(" …");
  return made;
}

class Panel {
  constructor(guide, onClose) {
    this.words = guide.words;
    this.guide = guide;
    this.onClose = onClose;
    this.box = element("section", "search-panel");
    this.box.setAttribute("aria-label", this.words.results);
    this.box.hidden = true;
    this.status = element("p", "search-status");
    this.status.setAttribute("role", "status");
    this.content = element("div", "search-content");
    const close = element("button", "search-close", this.words.close);
    close.type = "button";
    close.addEventListener("click", () => this.close());
    this.box.append(this.status, this.content, close);
    form.parentElement.after(this.box);
    this.box.addEventListener("keydown", (event) => this.onKey(event));
  }

  get links() {
    return [...this.content.querySelectorAll("a")];
  }

  // Where Enter leads: to the warning signs, or to the first page.
  get first() {
    return this.content.querySelector(".search-signs, a");
  }

  close() {
    this.onClose();
    this.box.hidden = true;
    field.focus();
  }

  // The signs are there at once; the pages follow when they are found. A warning is told to those who cannot see it.
  show(isBusy, warning, said, ...parts) {
    this.box.hidden = false;
    this.box.setAttribute("aria-busy", isBusy);
    this.content.replaceChildren(...parts);
    this.status.replaceChildren(element("span", "visually-hidden", warning), said);
  }

  signs(found) {
    if (!found.length) return [];
    const part = element("div", "search-signs");
    part.tabIndex = -1;
    part.append(element("p", "search-label", this.words.signs));
    for (const { level, title, sign, action } of found) {
      const card = element("div", `care care-${level}`);
      const act = element("p", "sign-do");
      act.append(element("strong", "", this.words.do), ` ${action}`);
      card.append(element("p", "care-title", title), element("p", "sign", sign), act);
      part.append(card);
    }
    if (this.guide.data.help) part.append(link(new URL(this.guide.data.help, new URL("..", index)).href, this.words.help));
    return [part];
  }

  results(pages) {
    const list = element("ol", "search-results");
    for (const { url, meta, excerpt: html, sub_results: sections } of pages) {
      const item = element("li");
      const top = link(url, meta.title);
      item.append(top, excerpt(html));
      const inner = sections.filter((one) => one.anchor?.element !== "h1" && one.url !== url);
      inner.sort((a, b) => b.locations.length - a.locations.length);
      for (const one of inner.slice(0, MOST_SECTIONS)) {
        const line = element("span", "search-section", `${this.words.section} `);
        line.append(link(one.url, one.title));
        item.append(line);
      }
      list.append(item);
    }
    return list;
  }

  toAllNames() {
    return link(new URL(this.guide.data.names, new URL("..", index)).href, this.words.all_names);
  }

  onKey(event) {
    const links = this.links;
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown") (links[at + 1] ?? links[at])?.focus();
    else if (event.key === "ArrowUp") (links[at - 1] ?? field).focus();
    else return;
    event.preventDefault();
  }
}

class Search {
  constructor() {
    this.asked = 0;
    this.timer = 0;
    this.ready = load().then(({ pagefind, guide }) => {
      this.pagefind = pagefind;
      this.guide = guide;
      this.panel = new Panel(guide, () => this.cancel());
    });
    this.ready.catch(() => form.removeEventListener("submit", this.onSubmit)); // then it leads to all names again
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), WAIT);
    });
    field.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("submit", this.onSubmit);
  }

  onSubmit = async (event) => {
    event.preventDefault();
    clearTimeout(this.timer);
    try {
      await this.look();
    } catch {
      form.submit();
      return;
    }
    this.panel.first?.focus();
  };

  onKey(event) {
    if (!this.panel || this.panel.box.hidden) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.panel.close();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.panel.links[0]?.focus();
    }
  }

  // What is still looked for is not wanted any more: a panel that was closed must not open again by itself.
  cancel() {
    clearTimeout(this.timer);
    this.asked += 1;
  }

  // Look for what stands in the field. An older answer that comes late is thrown away.
  async look() {
    this.asked += 1;
    const number = this.asked;
    await this.ready;
    if (number !== this.asked) return;
    const query = field.value.trim();
    const { guide, panel, pagefind } = this;
    if (wordsOf(query).join("").length < 2) {
      panel.box.hidden = true;
      return;
    }
    const signs = guide.fitting(query);
    const warning = signs.map(({ title, action }) => `${title}: ${action} `).join("");
    panel.show(true, warning, guide.words.wait, ...panel.signs(signs));
    const typed = guide.telling(query);
    const meant = typed.map((word) => guide.mended(word));
    const isMended = meant.join(" ") !== typed.join(" ");
    const whole = wordsOf(query).map((word) => guide.mended(word)).join(" ");
    const known = guide.translated(meant).filter((word) => guide.knows(word)); // others fall away: Pagefind would guess
    const found = known.length ? await ranked(pagefind, guide, known, whole, signs[0]?.level) : [];
    const pages = await Promise.all(found.map((one) => one.data()));
    if (number !== this.asked) return;
    const other = meant.join(" ");
    let said = filled(guide.words[pages.length ? "count" : "none"], { query, n: pages.length });
    if (isMended && pages.length) said = filled(guide.words.shown, { query, other });
    const list = pages.length ? panel.results(pages) : panel.toAllNames();
    panel.show(false, warning, said, ...panel.signs(signs), list);
  }
}

const search = new Search();
if (field.value) search.look();
