// The list of contents shows which part is being read. A source or passage that an address leads to is opened where it is
// folded away: browsers of today do so themselves, older ones do not. Without script the list is a list of links.
const entries = new Map(
  [...document.querySelectorAll(".contents a[href^='#']")].map((link) => [
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
    link,
  ]),
);
entries.delete(null);

if (entries.size && "IntersectionObserver" in window) {
  const headings = [...entries.keys()];
  const list = document.querySelector(".contents");
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const now = entries.get(passed.at(-1));
    for (const link of entries.values()) {
      if (link === now) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    // Only the list itself is scrolled, never the page.
    if (now && list.scrollHeight > list.clientHeight) {
      const lower = now.offsetTop + now.offsetHeight - list.clientHeight;
      list.scrollTop = Math.min(Math.max(list.scrollTop, lower), now.offsetTop);
    }
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
  for (const heading of headings) watch.observe(heading);
}

// Beside the text there is room for a list that is folded on a phone.
const foldedList = document.querySelector(".contents > details");
if (foldedList && matchMedia("(min-width: 64rem)").matches) foldedList.open = true;

const unfold = () => {
  const goal = document.querySelector(":target");
  const folded = goal?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  goal.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();
