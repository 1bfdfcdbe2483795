"""What each host wants besides the pages: some of it within the site, some of it beside it and never served."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache
from generator.config import FILE, Config
from generator.output.altered import altered
from generator.output.compression import compressed
from generator.output.hosts.nginx import deploy_script, nginx_config
from generator.output.hosts.rules import ASSETS, KEEP, Shared, shared_with_programs
from generator.output.needs import Needs
from generator.output.outputs import Output
from generator.output.policy import content_policy, security_headers

_CHARSET = b'<meta charset="utf-8">\n'
_HEAD = b"<head>\n"


@dataclass(frozen=True)
class Hosted:
    """A site ready for its hosts: its own files, and those for whoever sets up the host; None if it is for none."""

    outputs: tuple[Output, ...]
    aside: tuple[Output, ...] | None


def hosted(
    outputs: Iterable[Output],
    needs: Needs,
    config: Config,
    redirects: Mapping[str, str],
    compress: bool,
    cache: Cache = NOTHING_KEPT,
) -> Hosted:
    """Add what the hosts named in site.yaml need, beside pages as `with_policy` gives them.

    `redirects` leads from old addresses to new ones.
    """
    files = list(outputs)
    aside: list[Output] = []
    if config.security:
        files.append(_output(".well-known/security.txt", _contact(config)))
    if "github-pages" in config.hosting:
        files.append(_output(".nojekyll", ""))
    headers, shared = security_headers(needs), shared_with_programs(files)
    if {"netlify", "cloudflare-pages"} & set(config.hosting):
        at_top = config.base_path == "/"
        place = "" if at_top else "top-of-domain/"
        (files if at_top else aside).append(_output(f"{place}_headers", _header_rules(headers, shared, config)))
        if redirects:
            (files if at_top else aside).append(_output(f"{place}_redirects", _redirect_rules(redirects, config)))
    if "nginx" in config.hosting:
        text = nginx_config(files, config.url, headers, redirects, shared, compress)
        aside += [_output("nginx/site.conf", text), _output("nginx/deploy.sh", deploy_script(config.url))]
    if compress:
        files += compressed(files, cache)
    return Hosted(tuple(files), tuple(aside))


def with_policy(outputs: Iterable[Output], needs: Needs, config: Config, cache: Cache = NOTHING_KEPT) -> list[Output]:
    """Put the policy into every page, for a host that sends no headers of ours; before all that it rules."""
    if "github-pages" not in config.hosting:
        return list(outputs)
    policy = html.escape(content_policy(needs, in_page=True), quote=False)
    line = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'.encode()
    every = {one.path: one for one in outputs}
    pages = [one for one in every.values() if one.path.endswith(".html")]
    return list((every | {one.path: one for one in altered(pages, partial(_with_line, line), line, cache)}).values())


def _with_line(line: bytes, page: bytes) -> bytes:
    mark = _CHARSET if _CHARSET in page else _HEAD
    return page.replace(mark, mark + line, 1)


def _output(path: str, text: str) -> Output:
    return Output(path, text.encode("utf-8"), FILE)


def _header_rules(headers: Iterable[tuple[str, str]], shared: Shared, config: Config) -> str:
    """The file `_headers`, in what Netlify and Cloudflare Pages both understand.

    No two rules that fit the same address set the same header, for the hosts would join the two values. Pages have
    no rule for how long they are kept: both hosts say of themselves that they must be asked for anew.
    """
    base = config.base_path
    rules = [(f"{base}*", list(headers)), (f"{base}{ASSETS}*", [("Cache-Control", KEEP)])]
    open_to_all = [("Access-Control-Allow-Origin", "*")]
    rules += [(f"{base}{folder}*", open_to_all) for folder in shared.folders]
    rules += [(f"{base}{file}", open_to_all) for file in shared.files]
    lines = ["# Made by the build, anew each time: change site.yaml instead."]
    for address, given in rules:
        lines += [address, *(f"  {name}: {value}" for name, value in given)]
    return "\n".join(lines) + "\n"


def _redirect_rules(redirects: Mapping[str, str], config: Config) -> str:
    """The file `_redirects`. At each old address is a page that leads on; Netlify would show that page rather than
    follow a rule without `!`, which Cloudflare does not know and does not need."""
    code = "301" if "cloudflare-pages" in config.hosting else "301!"
    base = config.base_path
    lines = [
        f"{base}{old.removeprefix('/')} {base}{new.removeprefix('/')} {code}" for old, new in sorted(redirects.items())
    ]
    return "\n".join(["# Made by the build, anew each time.", *lines]) + "\n"


def _contact(config: Config) -> str:
    """The file security.txt, as RFC 9116 has it."""
    security = config.security
    if security is None:
        return ""
    host = config.url.split("/")[2]
    lines = [
        f"Contact: {security.contact}",
        f"Expires: {security.expires}T00:00:00Z",
        f"Preferred-Languages: {config.language.split('-')[0]}",
        f"Canonical: https://{host}/.well-known/security.txt",
    ]
    return "\n".join(lines) + "\n"
