"""Edit articles in a browser, with Decap CMS, on this machine."""

import argparse
import asyncio
import signal

from generator.commands.reading import sources_of
from generator.commands.saying import say
from generator.commands.serve import port
from generator.problems.exits import GOOD
from generator.problems.faults import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--port", type=port, default=8001, help="the page's port on 127.0.0.1 (default: 8001)")
    parser.add_argument("--files-port", type=port, default=8081, help="the port of the server of files (default: 8081)")


def run(options: argparse.Namespace) -> int:
    """Serve the page and the site's files until interrupted."""
    from generator.sources.files import read_file
    from generator.stages.parsing import parse_all
    from generator.workbench.admin.cms import FOLDER, page_files, policy
    from generator.workbench.admin.cms_server import BUNDLE, HOW_TO_GET, file_server, node, page_server
    from generator.workbench.preview.server import HOST

    sources, _ = sources_of(options.root)
    bundle = read_file(options.root, BUNDLE)
    if bundle is None or not node():
        raise Refused(f"Decap CMS is not here yet; it needs Node 20 and `{HOW_TO_GET}`")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us ends the server of files too
    files_at = f"http://{HOST}:{options.files_port}"
    fronts = {one.path: one.kind for one in parse_all(sources).documents if one.path.endswith("/index.md")}
    files = page_files(sources.config, fronts, bundle.data, files_at)
    server = page_server(files, policy(files_at))
    try:
        page_at = f"http://{HOST}:{server.listen(options.port)}"
        with file_server(options.root, options.files_port, page_at):
            say(f"{page_at}/{FOLDER}/ edits the articles of {options.root}; press Ctrl+C to stop")
            say("Its Login asks for no account, and its Publish saves the file on this machine, no more.")
            asyncio.run(server.serve())
    except KeyboardInterrupt:
        say("stopped")
    return GOOD
