"""Pelican's settings for the plain corpus: sections, a feed, a sitemap; no tags, authors or archives."""

SITENAME = "Garden library"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = None
FEED_ALL_RSS = "index.xml"
RSS_FEED_SUMMARY_ONLY = True
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PLUGINS = ["pelican.plugins.sitemap"]
SITEMAP = {"format": "xml"}
_EXTENSIONS = ("fenced_code", "tables", "footnotes", "attr_list", "def_list", "toc", "meta")
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        **{f"markdown.extensions.{name}": {} for name in _EXTENSIONS},
    },
    "output_format": "html5",
}
