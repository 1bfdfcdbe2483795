"""The real nginx with a built site, on a free port of this machine."""

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator import pipeline
from generator.output.publish import publish
from tests.needs import need
from tests.outside.serving import free_port
from tests.sitekit import site_of

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HOW = "apt-get install nginx-light libnginx-mod-http-brotli-static"
HOSTS = """
hosting: [nginx, netlify]
security: {contact: "mailto:safe@example.org", expires: 2027-06-01}
"""
"""Lines of site.yaml for a site that is for hosts."""
MAIN = """\
load_module {module};
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{
    worker_connections 1024;
}}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers with their names in small letters, and the bytes of the body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Host:
    """A running nginx with a site: its port, the site's path and the folder that is served below that path."""

    port: int
    base: str
    folder: Path

    @property
    def url(self) -> str:
        """The address of the home page."""
        return f"http://127.0.0.1:{self.port}{self.base}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path of the host, just as it is written. `if_none_match` becomes If-None-Match."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            assert name.lower() not in found, f"{name} is sent twice"
            found[name.lower()] = value
        result = Answer(answer.status, found, answer.read())
        connection.close()
        return result

    def asset(self, ending: str) -> str:
        """The path of one of our own files."""
        (found,) = (self.folder / "assets").glob(f"site.*{ending}")
        return f"{self.base}assets/{found.name}"


def edited(text: str, changes: dict[str, str]) -> str:
    """The configuration with what only a test needs: another port and another place."""
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@contextmanager
def running(done: pipeline.Build, folder: Path, base: str) -> Iterator[Host]:
    """Serve a build while the block runs."""
    aside = {one.path: one.body.decode() for one in site_of(done).aside or ()}
    site = folder / "www" / base.strip("/")
    publish(done.outputs, site, folder / "workspace")
    with serving(aside["nginx/site.conf"], site, folder, base) as host:
        yield host


@contextmanager
def serving(configuration: str, site: Path, folder: Path, base: str, slowly: bool = False) -> Iterator[Host]:
    """Serve a built site below `base` while the block runs; `folder` is nginx's own.

    `slowly`: the system takes little at a time, as where the line to a reader is slow.
    """
    need("nginx", NGINX is not None, HOW)
    need("nginx's module for Brotli", BROTLI.is_file(), HOW)
    root = folder / "www"
    if site != root / base.strip("/"):
        (root / base.strip("/")).parent.mkdir(parents=True)
        (root / base.strip("/")).symlink_to(site)
    port = free_port()
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port}{' sndbuf=4096' if slowly else ''};",
        "    listen [::]:80;\n": "",
        "root /var/www/example.org;": f"root {root};",
    }
    (folder / "site.conf").write_text(edited(configuration, changes))
    (folder / "nginx.conf").write_text(MAIN.format(module=BROTLI, folder=folder))
    command = [str(NGINX), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with subprocess.Popen(command) as process:
        try:
            wait_for(port, process)
            yield Host(port, base, site)
        finally:
            process.terminate()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, "nginx did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nginx never answered")
