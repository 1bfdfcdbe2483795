// Eleventy's settings for the plain corpus. Its Markdown is not sent through a template engine first.
const markdownIt = require("markdown-it");
const anchor = require("markdown-it-anchor").default;
const footnote = require("markdown-it-footnote");

// markdown-it makes no list of contents: put one before the text.
function contents(md) {
  md.core.ruler.push("contents", (state) => {
    const rows = [];
    state.tokens.forEach((token, place) => {
      if (token.type !== "heading_open") return;
      const text = md.utils.escapeHtml(state.tokens[place + 1].content);
      rows.push(`<li class="${token.tag}"><a href="#${token.attrGet("id")}">${text}</a></li>`);
    });
    const list = new state.Token("html_block", "", 0);
    list.content = `<aside><ul>${rows.join("")}</ul></aside>\n`;
    state.tokens.unshift(list);
  });
}

const moment = (date) => new Date(date).toISOString();

module.exports = async function (settings) {
  const colours = await import("@11ty/eleventy-plugin-syntaxhighlight");
  settings.addPlugin(colours.default);
  settings.setLibrary("md", markdownIt({ html: true }).use(anchor).use(footnote).use(contents));
  settings.addGlobalData("sections", ["apples", "ferns", "herbs", "lawns", "potatoes", "roses", "tomatoes", "vines"]);
  settings.addFilter("day", (date) => moment(date).slice(0, 10));
  settings.addFilter("moment", moment);
  settings.addFilter("first20", (list) => list.slice(0, 20));
  settings.addFilter("first50", (list) => list.slice(0, 50));
  const articles = (api) => api.getFilteredByGlob("content/*/*.md");
  settings.addCollection("articles", (api) => articles(api).sort((a, b) => b.date - a.date));
  settings.addCollection("bySection", (api) => {
    const groups = {};
    for (const one of articles(api)) (groups[one.data.section] ||= []).push(one);
    return Object.keys(groups).sort().map((name) => ({ name, pages: groups[name] }));
  });
  return {
    dir: { input: "content", output: "_site", includes: "../_includes" },
    markdownTemplateEngine: false, htmlTemplateEngine: "njk", templateFormats: ["md", "njk"],
  };
};
