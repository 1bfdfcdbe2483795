"""Decap CMS for editors who do not use git: its page, and its configuration made from the schema of each kind.

Decap writes files of the repository and nothing of the readers' site. It knows articles; data files stay for an editor
of texts, since Decap cannot write lists at the top of a file and would lose their comments.
"""

import json
from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from generator.config import Config, Section
from generator.disk.folders import CONTENT, STATIC
from generator.sources.kinds import KINDS
from generator.sources.schema import Field, Group, Items
from generator.sources.values import Address, Choice, Date, Identifier, Language, PagePath, Text, Type, Whole

Data = dict[str, Any]

FOLDER = "admin"
"""Below what address the page stands."""
_SHORT = 100
"""The longest text that stands in one line."""
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob: {files}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Decap compiles the check of its configuration (`unsafe-eval`) and writes its styles itself (`unsafe-inline`)."""


def policy(files_at: str) -> str:
    """Give the policy of the page: its own files, and the server of the site's files. It is of no other page."""
    return _POLICY.format(files=files_at)


def configuration(config: Config, fronts: Mapping[str, str], files_at: str) -> Data:
    """Give the configuration of Decap: one collection for each section, and one for the front pages.

    `fronts` are the kinds of the front pages that there are, by path. `files_at` is the origin of Decap's own server,
    which reads and writes the files of this machine.
    """
    return {
        "load_config_file": False,
        "backend": {"name": "proxy", "proxy_url": f"{files_at}/api/v1", "branch": "main"},
        "media_folder": f"{STATIC}/img",
        "public_folder": "/assets/img",
        "show_preview_links": False,
        "locale": "en",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [*(_collection(one) for one in config.sections), _front_pages(fronts, config)],
    }


def page_files(config: Config, fronts: Mapping[str, str], bundle: bytes, files_at: str) -> dict[str, bytes]:
    """Give every file of the page by its address; `bundle` is Decap itself."""
    told = json.dumps(configuration(config, fronts, files_at), indent=1, ensure_ascii=False)
    return {
        f"/{FOLDER}/": _PAGE.encode(),
        f"/{FOLDER}/config.js": f"window.CMS_MANUAL_INIT = true\nwindow.EDITED_SITE = {told}\n".encode(),
        f"/{FOLDER}/decap-cms.js": bundle,
        f"/{FOLDER}/start.js": b"window.initCMS({ config: window.EDITED_SITE })\n",
    }


_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Edit the site</title>
<body>
<script src="config.js"></script>
<script src="decap-cms.js"></script>
<script src="start.js"></script>
</body>
</html>
"""


def _collection(section: Section) -> Data:
    kind = KINDS[section.kind]
    return {
        "name": section.folder,
        "label": section.title,
        "label_singular": section.kind,
        "description": 'Its front page, "index", is among the front pages.',
        "folder": f"{CONTENT}/{section.folder}",
        "create": True,
        "identifier_field": kind.title,
        "slug": "{{slug}}",
        **_ARTICLES,
        "fields": _fields(section.kind),
    }


def _front_pages(fronts: Mapping[str, str], config: Config) -> Data:
    """The front pages have fields of their own, and none can be added here."""
    titles = {section.folder: section.title for section in config.sections}
    pages = []
    for path, kind in sorted(fronts.items()):
        folder = path.split("/")[1] if path.count("/") > 1 else ""
        label = titles.get(folder, "Home page")
        pages.append({"name": folder or "home", "label": label, "file": path, "fields": _fields(kind)})
    return {"name": "front-pages", "label": "Front pages", **_ARTICLES, "files": pages}


_ARTICLES: Data = {"extension": "md", "format": "yaml-frontmatter", "editor": {"preview": False}}


def _fields(kind: str) -> list[Data]:
    body: Data = {
        "name": "body",
        "label": "Text",
        "widget": "text",
        "required": False,
        "hint": "Markdown, with citations such as [@key]; CONTRIBUTING.md shows what else can be written.",
    }
    return [*(_widget(field) for field in KINDS[kind].schema.fields), body]


def _widget(field: Field) -> Data:
    named = {"name": field.key, "label": field.key.replace("_", " ").capitalize(), "hint": field.help}
    found = {**named, "required": field.required, **widget_of(field.type)}
    if isinstance(field.type, Group) and not field.required:  # Decap would ask for its fields even where it is left out
        found["fields"] = [{**one, "required": False} for one in found["fields"]]
    return found


@singledispatch
def widget_of(kind: Type) -> Data:
    """Give the part of a field that follows from its type; what is not known here is one line of text."""
    return {"widget": "string"}


@widget_of.register
def _(kind: Text) -> Data:
    pattern = [f"^[\\s\\S]{{0,{kind.most}}}$", f"at most {kind.most} characters"]
    return {"widget": "string" if kind.most <= _SHORT else "text", "pattern": pattern}


@widget_of.register
def _(kind: Date) -> Data:
    return {"widget": "string", "pattern": ["^\\d{4}-\\d{2}-\\d{2}$", "a day such as 2027-01-31"]}


@widget_of.register
def _(kind: Choice) -> Data:
    return {"widget": "select", "options": list(kind.of)}


@widget_of.register
def _(kind: Whole) -> Data:
    return {"widget": "number", "value_type": "int", "min": kind.least, "max": kind.most}


@widget_of.register
def _(kind: Identifier) -> Data:
    return {"widget": "string", "pattern": ["^[a-z0-9]+(-[a-z0-9]+)*$", "small letters, digits and hyphens"]}


@widget_of.register
def _(kind: Language) -> Data:
    return {"widget": "string", "pattern": ["^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "a language code such as en"]}


@widget_of.register
def _(kind: Address) -> Data:
    return {"widget": "string", "pattern": ["^/.+/$", "an address such as /old/place/"]}


@widget_of.register
def _(kind: PagePath) -> Data:
    return {"widget": "string", "pattern": ["\\.md$", "the path of a page, such as ../treatments/surgery.md"]}


@widget_of.register
def _(kind: Items) -> Data:
    if isinstance(kind.of, Group):
        return {"widget": "list", "collapsed": False, "fields": [_widget(one) for one in kind.of.fields]}
    inner = {"name": "entry", "label": "Entry", **widget_of(kind.of)}
    return {"widget": "list", "collapsed": False, "field": inner}


@widget_of.register
def _(kind: Group) -> Data:
    return {"widget": "object", "collapsed": False, "fields": [_widget(one) for one in kind.fields]}
