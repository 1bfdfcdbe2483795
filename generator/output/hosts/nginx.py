"""What nginx needs for a site: its configuration, and a script that puts a new site in place of an old one."""

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from generator.output.hosts.rules import ASSETS, KEEP, REVALIDATE, Shared
from generator.output.media_types import TYPES, is_feed
from generator.output.outputs import Output

_TEXT = ("text/css", "text/javascript", "text/plain", "text/markdown", "application/xml", "application/atom+xml")
_SQUEEZED = (*_TEXT, "application/json", "application/ld+json", "application/manifest+json", "image/svg+xml")


def nginx_config(
    outputs: Iterable[Output],
    url: str,
    headers: Iterable[tuple[str, str]],
    redirects: Mapping[str, str],
    shared: Shared,
    compressed: bool,
) -> str:
    """Give the text of the configuration. `redirects` leads from old addresses to new ones, both on the site."""
    every = list(outputs)
    host, base = urlsplit(url).hostname or "", urlsplit(url).path
    name = re.sub("[^a-z0-9]+", "_", f"{host}{base}".lower()).strip("_")
    asked = _pattern(base)
    machine = "|".join([*(_pattern(one) for one in shared.folders), *(f"{_pattern(one)}$" for one in shared.files)])
    lines = [
        "# Made by the build, anew each time: change site.yaml instead. nginx reads it within its http block, as from",
        f"# /etc/nginx/sites-enabled/{host}.conf. The files of the site belong in /var/www/{host}{base}",
        "# Readers need HTTPS: add a certificate and its lines, or let a tool such as certbot do so.",
        *(_BROTLI_NOTE if compressed else ()),
        "",
        f"map $uri $keep_{name} {{",
        f'    default "{REVALIDATE}";',
        f'    "~^{asked}{ASSETS}" "{KEEP}";',
        "}",
        "",
        f"map $uri $share_{name} {{",
        '    default "";',
        *([f'    "~^{asked}(?:{machine})" "*";'] if machine else []),
        "}",
        "",
        "server {",
        "    listen 80;",
        "    listen [::]:80;",
        f"    server_name {host};",
        f"    root /var/www/{host};",
        "    index index.html;",
        f"    error_page 403 404 =404 {base}404.html;",
        "    absolute_redirect off;",
        "    autoindex off;",
        "    server_tokens off;",
        "    charset utf-8;",
        f"    charset_types {' '.join(_TEXT)};",
        "",
        *_compression(compressed),
        "",
        "    # These stand in no location, for a location with headers of its own would drop them all.",
        *(f'    add_header {key} "{value}" always;' for key, value in headers),
        f"    add_header Cache-Control $keep_{name} always;",
        f"    add_header Access-Control-Allow-Origin $share_{name} always;",
        "",
        *_types(every),
        "",
        "    location / {",
        "    }",
        "",
        "    # Not for readers: what begins with a dot, what is for another host, and copies by their own names.",
        *_hidden(r"/\.(?!well-known/)"),
        *_hidden(f"^{asked}_(?:headers|redirects)$"),
        *(_hidden(r"\.(?:br|gz)$") if compressed else ()),
        *_feeds(every, base),
        *_contact(every, base),
        *_redirects(redirects, base),
        "}",
    ]
    return "\n".join(lines) + "\n"


def deploy_script(url: str) -> str:
    """Give the text of the script. Its place for the site is the one that the configuration names."""
    place = PurePosixPath(f"/var/www/{urlsplit(url).hostname or ''}{urlsplit(url).path}")
    known = {"FOLDER": shlex.quote(str(place.parent)), "NAME": shlex.quote(place.name), "ASSETS": ASSETS.rstrip("/")}
    return re.sub("|".join(known), lambda found: known[found[0]], _DEPLOY)


_DEPLOY = """\
#!/bin/sh
# Made by the build, anew each time. Puts a new site in place on the machine of nginx, while readers are there:
#     sh deploy.sh _site
# The new site is copied beside the old one, and a link is turned from the one to the other, in one step. A page that a
# reader has open still finds what it loads: files whose names change with their bytes stay for one more site. So does
# the whole site before, for whoever wants to turn the link back; those before it are removed. It needs the mv of Linux.
set -eu
from=$(cd "$1" && pwd)
mkdir -p FOLDER
cd FOLDER
site=NAME
new=.$site-$(date -u +%Y%m%dT%H%M%S)-$$ # nginx shows nobody what begins with a dot

if [ -d "$site" ] && [ ! -L "$site" ]; then # the first time: somebody has copied the site there by hand
    mv "$site" "$new-before"
    ln -s "$new-before" "$site"
fi
before=$(readlink "$site" || true)

cp -Rp "$from" "$new"
ls "$new/ASSETS" >"$new/.own"
if [ -n "$before" ]; then
    [ -f "$before/.own" ] || ls "$before/ASSETS" >"$before/.own"
    while read -r name; do
        cp -p "$before/ASSETS/$name" "$new/ASSETS/$name"
    done <"$before/.own"
fi

ln -s "$new" "$new.link"
mv -T "$new.link" "$site"

for old in ."$site"-*; do
    case $old in
        "$new" | "$before") ;;
        *) rm -rf "$old" ;;
    esac
done
"""


def _pattern(text: str) -> str:
    """A regular expression that fits a path and nothing else."""
    return re.escape(text).replace(r"\-", "-")


def _hidden(pattern: str) -> list[str]:
    return [f"    location ~ {pattern} {{", "        return 404;", "    }"]


_BROTLI_NOTE = (
    "# brotli_static needs a module (Debian: libnginx-mod-http-brotli-static); without it, delete that line.",
)


def _compression(prepared: bool) -> list[str]:
    if prepared:
        return ["    brotli_static on;", "    gzip_static on;", "    gzip_vary on;"]
    return ["    gzip on;", "    gzip_vary on;", "    gzip_min_length 1000;", f"    gzip_types {' '.join(_SQUEEZED)};"]


def _types(outputs: Iterable[Output]) -> list[str]:
    """The type of every ending that the site has; a browser is told never to guess."""
    endings = {PurePosixPath(one.path).suffix.removeprefix(".") for one in outputs} & set(TYPES)
    lines = [f"        {TYPES[ending]} {ending};" for ending in TYPES if ending in endings]
    return ["    default_type application/octet-stream;", "    types {", *lines, "    }"]


def _feeds(outputs: Iterable[Output], base: str) -> list[str]:
    """XML files that are feeds have a type of their own."""
    feeds = sorted(one.path for one in outputs if is_feed(one))
    return [
        line
        for path in feeds
        for line in (
            f"    location = {base}{path} {{",
            "        types {",
            "        }",
            "        default_type application/atom+xml;",
            "    }",
        )
    ]


def _contact(outputs: Iterable[Output], base: str) -> list[str]:
    """Where security.txt is looked for: at the top of the host, whatever the path of the site."""
    path = ".well-known/security.txt"
    if base == "/" or not any(one.path == path for one in outputs):
        return []
    return [f"    location = /{path} {{", f"        rewrite ^ {base}{path} last;", "    }"]


def _redirects(redirects: Mapping[str, str], base: str) -> list[str]:
    return [
        line
        for old, new in sorted(redirects.items())
        for address in dict.fromkeys((old.rstrip("/"), old))
        for line in (
            f"    location = {base}{address.removeprefix('/')} {{",
            f"        return 301 {base}{new.removeprefix('/')};",
            "    }",
        )
    ]
