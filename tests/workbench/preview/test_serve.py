"""`build.py serve`: one build at a time, after every change that counts, and nothing for anybody else."""

import asyncio
import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from generator.output.outputs import Output
from generator.pipeline import Build, Finished
from generator.workbench.preview.answers import Shown, answer
from generator.workbench.preview.presenter import Outcome, Presenter
from generator.workbench.preview.serve import Rounds, attempt
from generator.workbench.preview.server import PreviewServer
from tests.previewing import PATIENCE, Preview, previewed
from tests.sitekit import REPOSITORY, change, copy_site

EMPTY = Build((), finished=Finished(()))
GOOD, BAD = Outcome(EMPTY, "", 0.0), Outcome(None, "fault", 0.0)
PAGE = "content/what/hiccups.md"


def ask(preview: Preview, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], str]:
    """Ask for a path as it stands: no library makes it any tidier."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=60)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{preview.port}")
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")
    connection.close()
    return found


def page(preview: Preview, path: str) -> str:
    return ask(preview, path)[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def rounds_of(make: Callable[[], Outcome], enough: int, during: Callable[[Rounds], None]) -> tuple[list[Outcome], str]:
    """Run rounds until so many have ended; `during` is called while the first is under way."""
    ended: list[Outcome] = []
    said: list[str] = []

    async def run() -> None:
        done = asyncio.Event()

        def say(line: str) -> None:
            said.append(line)
            if sum(" ends" in one for one in said) == enough:
                done.set()

        def finish(outcome: Outcome) -> str:
            ended.append(outcome)
            return "fine"

        rounds = Rounds(make, finish, say)
        task = asyncio.create_task(rounds.run())
        rounds.note(["a.md"])
        while not said:
            await asyncio.sleep(0)
        during(rounds)
        await done.wait()
        assert not rounds.wanted.is_set()
        task.cancel()

    asyncio.run(asyncio.wait_for(run(), 60))
    return ended, "\n".join(said)


def test_all_changes_that_come_during_a_build_make_one_more() -> None:
    go_on = Event()

    def make() -> Outcome:
        go_on.wait(60)
        return GOOD

    def during(rounds: Rounds) -> None:
        for number in range(50):
            rounds.note([f"{number}.md"])
        go_on.set()

    ended, said = rounds_of(make, 2, during)
    assert len(ended) == 2
    assert "build 2 begins: 0.md, 1.md, 2.md and 47 more" in said


def test_what_is_wrong_is_not_shown_when_it_is_out_of_date_already() -> None:
    outcomes = [BAD, GOOD]
    go_on = Event()

    def make() -> Outcome:
        go_on.wait(60)
        return outcomes.pop(0)

    def during(rounds: Rounds) -> None:
        rounds.note(["b.md"])
        go_on.set()

    ended, said = rounds_of(make, 2, during)
    assert ended == [GOOD]
    assert "build 1 ends: not shown, for files have changed since" in said


def test_a_burst_of_changes_makes_one_build() -> None:
    """The loop that waits for calm is the one that makes the burst, so that no load of the machine parts them."""
    outcomes: list[str] = []

    async def run() -> None:
        rounds = Rounds(lambda: GOOD, lambda _: "fine", outcomes.append, longest=60)
        task = asyncio.create_task(rounds.run())
        for number in range(50):
            rounds.note([f"{number}.md"])
            await asyncio.sleep(0.02)
        while len(outcomes) < 2:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(asyncio.wait_for(run(), 60))
    assert outcomes[0] == "build 1 begins: 0.md, 1.md, 2.md and 47 more"
    assert outcomes[1].startswith("build 1 ends: fine; ")


def test_changes_that_never_end_are_built_all_the_same() -> None:
    outcomes: list[str] = []

    async def run() -> None:
        rounds = Rounds(lambda: GOOD, lambda _: "fine", outcomes.append, longest=0.1)
        task = asyncio.create_task(rounds.run())
        while len(outcomes) < 2:
            rounds.note(["a.md"])
            await asyncio.sleep(0.02)
        task.cancel()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_a_fault_of_the_program_is_an_outcome() -> None:
    def fail() -> Build:
        raise ZeroDivisionError("a fault on purpose")

    found = attempt(fail)
    assert not found.is_good
    assert "ZeroDivisionError: a fault on purpose" in found.fault


def test_a_fault_of_the_program_is_shown_over_the_site_and_in_the_terminal(site: Path) -> None:
    said: list[str] = []
    server = PreviewServer(Shown({"index.html": Output("index.html", b"<body></body>", "content/index.md")}))
    told = Presenter(site, server, said.append).finish(Outcome(None, "ZeroDivisionError: <a fault>\n", 0.0))
    assert said == ["ZeroDivisionError: <a fault>\nThis is a fault of the program, not of your files."]
    assert told == "a fault of the program, the last good site stays; 0 of 0 open pages reloaded"
    assert b"ZeroDivisionError: &lt;a fault&gt;" in answer(server.shown, "/").body


def test_what_begins_with_a_build_is_told_before_the_files_are_read() -> None:
    told: list[str] = []

    def make() -> Outcome:
        told.append("made")
        return GOOD

    async def run() -> None:
        rounds = Rounds(make, lambda _: "fine", lambda line: None, begin=lambda: told.append("begun"))
        task = asyncio.create_task(rounds.run())
        rounds.note(["a.md"])
        while len(told) < 2:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(asyncio.wait_for(run(), 60))
    assert told == ["begun", "made"]


def test_a_fault_in_what_follows_a_build_does_not_end_the_rounds() -> None:
    def finish(outcome: Outcome) -> str:
        raise ZeroDivisionError("a fault on purpose")

    said: list[str] = []

    async def run() -> None:
        rounds = Rounds(lambda: GOOD, finish, said.append)
        task = asyncio.create_task(rounds.run())
        for number in (1, 2):
            rounds.note(["a.md"])
            while len(said) < 2 * number:
                await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(asyncio.wait_for(run(), 60))
    assert "ZeroDivisionError: a fault on purpose" in said[1]
    assert said[2] == "build 2 begins: a.md"


def test_a_file_that_goes_away_while_it_is_read_is_looked_for_again() -> None:
    found: list[Build | Exception] = [FileNotFoundError("a.md"), EMPTY]

    def make() -> Build:
        one = found.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    assert attempt(make).is_good
    found += [FileNotFoundError("b.md")] * 3
    assert "b.md" in attempt(make).fault


def test_every_kind_of_change_is_noticed_and_what_editors_leave_is_not(site: Path) -> None:
    with previewed(site) as preview:
        number = 1

        def built(because: str) -> str:
            """Wait until a build has shown a change. One save can be two changes to the system, and so two builds."""
            nonlocal number
            number += 1
            while because not in preview.named(number):
                number += 1
            return preview.build(number)

        (site / "content/what/.hiccups.md.swp").write_text("x")
        (site / "content/what/4913").write_text("x")
        (site / "content/what/4913").unlink()
        (site / "content/what/hiccups.md~").write_text("x")
        (site / "content/what/hiccups.md~").unlink()
        (site / "_site").mkdir()
        (site / "README.md").write_text("x")
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        built(PAGE)
        assert "Where does the sound come from?" in page(preview, "/what/hiccups/")

        article = (site / PAGE).read_text(encoding="utf-8").replace("redirect_from: [/hiccough/]\n", "")
        (site / "content/what/deep/er").mkdir(parents=True)
        (site / "content/what/deep/er/new.md").write_text(
            article.replace("../help", "../../../help").replace("../options", "../../../options"), encoding="utf-8"
        )
        built("content/what/deep")
        while "What moves?" not in page(preview, "/what/deep/er/new/"):
            built("content/what/deep")

        (site / "content/what/deep").rename(site / "content/what/other")
        built("content/what/other")
        assert ask(preview, "/what/deep/er/new/")[0] == 404
        assert "What moves?" in page(preview, "/what/other/er/new/")

        shutil.rmtree(site / "content/what/other")
        built("content/what/other")
        assert ask(preview, "/what/other/er/new/")[0] == 404

        beside = site / "content/what/.hiccups.md.new"
        beside.write_text((site / PAGE).read_text().replace("Where does", "Tell me where does"), encoding="utf-8")
        beside.replace(site / PAGE)
        built(PAGE)
        assert "Tell me where does" in page(preview, "/what/hiccups/")

        change(site, "templates/base.html", "<body class", '<body data-tried="yes" class')
        built("templates/base.html")
        assert 'data-tried="yes"' in page(preview, "/what/hiccups/")

        before = page(preview, "/what/hiccups/")
        with (site / "static/css/site.css").open("a") as file:
            file.write("p { outline: 7px solid }\n")
        built("static/css/site.css")
        assert page(preview, "/what/hiccups/") != before

        change(site, "site.yaml", "title: Hiccups", "title: Hiccoughs")
        built("site.yaml")
        assert "Hiccoughs" in page(preview, "/what/hiccups/")

        change(site, "content/people.yaml", "The writers of this test site", "Other writers")
        built("content/people.yaml")
        assert "Other writers" in page(preview, "/what/hiccups/")

        (site / "content").rename(site / "elsewhere")
        built("content")
        (site / "elsewhere").rename(site / "content")
        built("content")
        change(site, PAGE, "Tell me where", "Say where")
        built(PAGE)
        assert "Say where" in page(preview, "/what/hiccups/")

    named = " ".join(line for line in preview.lines if " begins" in line)
    for one in ("swp", "4913", "~", "_site", "README", ".new"):
        assert one not in named


def test_a_save_is_shown_before_its_build_and_stays_when_that_ends(site: Path) -> None:
    with previewed(site) as preview:
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        preview.wait_for(f"shown at once: {PAGE}; ")
        assert "Where does the sound come from?" in page(preview, "/what/hiccups/")
        preview.build(2)
        assert "Where does the sound come from?" in page(preview, "/what/hiccups/")
        order = [line for line in preview.lines if line.startswith(("shown", "build 2"))]
        assert [line.split()[0] for line in order] == ["shown", "build", "build"]
        change(site, PAGE, "../help/index.md", "../help/nowhere.md")
        preview.wait_for("shown at once: what is wrong; ")
        assert f"{PAGE}:27:74" in page(preview, "/")
        change(site, PAGE, "../help/nowhere.md", "../help/index.md")
        preview.wait_for(f"shown at once: {PAGE}; ", preview.lines.index(order[-1]))
        assert f"{PAGE}:27:74" not in page(preview, "/")


def test_of_many_saves_no_older_text_follows_a_newer_one_and_few_builds_are_made(site: Path) -> None:
    text = (site / PAGE).read_text(encoding="utf-8")
    with previewed(site) as preview:
        seen = []
        for number in range(1, 51):
            saved = text.replace("What makes the sound?", f"Saved {number} times?")
            (site / PAGE).write_text(saved, encoding="utf-8")
            seen += re.findall(r"Saved (\d+) times", page(preview, "/what/hiccups/"))[:1]
        while "Saved 50 times?" not in page(preview, "/what/hiccups/"):
            preview.wait_for("shown at once")
        (site / "templates/marker.html").write_text("<p>", encoding="utf-8")
        preview.wait_for(r"build \d+ begins: .*templates/marker.html")
        builds = preview.builds
        preview.build(builds)
        assert "Saved 50 times?" in page(preview, "/what/hiccups/")
    numbers = [int(one) for one in seen]
    assert numbers == sorted(numbers)
    assert builds <= 1 + 2 + 1, "the first, two for the saves, and one for the marker"


def test_problems_are_told_in_lines_that_editors_understand(site: Path) -> None:
    change(site, PAGE, "../help/index.md", "../help/nowhere.md")
    with previewed(site) as preview:
        assert preview.lines[1] == "build 1 begins"
        assert preview.lines[2].startswith(f"{PAGE}:27:74: error[broken-link] no page")
        assert preview.lines[3] == "   = that folder has: ../help/index.md"
        assert preview.build(1).startswith("1 error, 0 warnings, there is no site yet")
        status, _, text = ask(preview, "/what/hiccups/")
        assert status == 503
        assert "There is no site yet" in text
        assert f"{PAGE}:27:74" in text
        change(site, PAGE, "../help/nowhere.md", "../help/index.md")
        assert preview.build(2).startswith("0 errors, 0 warnings; ")
        assert ask(preview, "/what/hiccups/")[0] == 200


def test_nobody_else_is_answered_and_nothing_else_can_be_had(site: Path) -> None:
    with previewed(site) as preview:
        for path in ("/", "/what/hiccups/", "/livereload", "/livereload.js", "/__preview/preview.js"):
            for host in ("example.org", f"example.org:{preview.port}", "127.0.0.1", "127.0.0.1:1"):
                assert ask(preview, path, host=host)[0] == 421, (path, host)
        for path in ("/", "/livereload", "/livereload.js"):
            assert ask(preview, path, "POST")[0] == 405
        for path in ("/../site.yaml", "/%2e%2e/site.yaml", "/site.yaml", "//etc/passwd", "/a\\b", "/%00", "/what/%2f"):
            status, headers, text = ask(preview, path)
            assert (status, headers["Cache-Control"]) == (404, "no-store"), path
            assert "title: Hiccups" not in text
        status, headers, text = ask(preview, "/what/hiccups/", "HEAD")
        assert (status, text, headers["Cache-Control"]) == (200, "", "no-store")
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        drawing = re.findall(r"(/assets/icon\.\w+\.svg)", page(preview, "/what/hiccups/"))[0]
        assert ask(preview, drawing)[0] == 200
        assert "__preview" not in page(preview, drawing)
        for path in ("/feed.xml", "/api/v1/index.json", "/sitemap.xml"):
            assert "livereload" not in page(preview, path)
        with socket.create_connection(("127.0.0.1", preview.port)) as raw:
            raw.sendall(b"GET / HTTP/1.0\r\n\r\n")
            assert b" 421 " in raw.recv(100)


def test_the_socket_is_for_our_own_pages_alone(site: Path) -> None:
    with previewed(site) as preview:
        address = f"ws://127.0.0.1:{preview.port}/livereload"

        own_host = f"127.0.0.1:{preview.port}"
        own = f"http://{own_host}"

        def status(origin: str | None, host: str = own_host) -> int:
            shake = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Host": host}
            shake |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} | ({"Origin": origin} if origin else {})
            with closing(http.client.HTTPConnection("127.0.0.1", preview.port, timeout=60)) as connection:
                connection.request("GET", "/livereload", headers=shake)
                with connection.getresponse() as answer:
                    return answer.status

        assert status(own) == 101
        assert status("http://example.org") == 403
        assert status("null") == 403
        assert status(None) == 403
        assert status(own, "example.org") == 421

        async def answers(message: str) -> list[str | bytes | None]:
            socket = await websocket_connect(HTTPRequest(address, headers={"Origin": own}))
            await socket.write_message(message)
            found = [await socket.read_message()]
            socket.close()
            while found[-1] is not None:
                found.append(await socket.read_message())
            return found

        hello = json.dumps({"command": "hello", "protocols": []})
        assert "livereload-tornado" in str(asyncio.run(answers(hello))[0])
        for bad in ("", "no JSON", "[]", "{}", '"hello"', '{"command": "info"}', '{"command": "info", "url": 1}'):
            assert asyncio.run(answers(bad)) == [None], bad
        assert ask(preview, "/")[0] == 200


def serve(root: Path, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_a_port_that_is_taken_is_said_with_the_way_out(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve(site, "--port", str(port)) as process:
            said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert f"error: port {port} cannot be used" in said
    assert "--port" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["-1", "65536", "eighty"])
def test_what_is_no_port_is_refused(site: Path, port: str) -> None:
    with serve(site, f"--port={port}") as process:
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "a port is a number from 0 to 65535" in said


def test_it_ends_at_once_and_without_a_word_too_many(site: Path) -> None:
    with previewed(site) as preview:
        preview.process.send_signal(signal.SIGINT)
        assert preview.process.wait(timeout=PATIENCE) == 0
        preview.listener.join()
    assert preview.lines[-1] == "stopped"
    assert not any("Traceback" in line for line in preview.lines)


def test_it_ends_in_the_middle_of_a_build_too(site: Path) -> None:
    with serve(site, "--port", "0") as process:
        assert process.stdout is not None
        while "build 1 begins" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "stopped" in said


def test_drafts_are_shown_only_where_they_are_asked_for(site: Path) -> None:
    text = (site / PAGE).read_text(encoding="utf-8").replace("redirect_from: [/hiccough/]\n", "")
    (site / "content/what/new.md").write_text(text.replace("status: published", "status: draft"), encoding="utf-8")
    with previewed(site) as preview:
        assert ask(preview, "/what/new/")[0] == 404
        assert "This is a draft." not in page(preview, "/what/hiccups/")
    with previewed(site, "--drafts") as preview:
        assert "This is a draft." in page(preview, "/what/new/")
        assert '<meta name="robots" content="noindex">' in page(preview, "/what/new/")
        assert "(draft)" in page(preview, "/what/")


def test_the_search_is_there_where_it_is_asked_for(site: Path) -> None:
    with previewed(site) as preview:
        assert "data-index" not in page(preview, "/")
    with previewed(site, "--search") as preview:
        assert 'data-index="search/"' in page(preview, "/")
        assert ask(preview, "/search/en-US.json")[0] == 200
        assert ask(preview, "/search/pagefind-entry.json")[0] == 200
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        preview.wait_for("shown at once: ")
        assert "Where does the sound come from?" in page(preview, "/what/hiccups/")
        assert 'data-index="../../search/"' in page(preview, "/what/hiccups/")


def test_the_patterns_of_the_editors_task_fit_what_is_said(site: Path) -> None:
    shown = json.loads((REPOSITORY / ".vscode/tasks.json").read_text(encoding="utf-8"))
    task = next(one for one in shown["tasks"] if one["args"][:2] == ["build.py", "serve"])
    matcher = task["problemMatcher"]
    pattern, background = matcher["pattern"], matcher["background"]
    change(site, PAGE, "../help/index.md", "../help/nowhere.md")
    with previewed(site) as preview:
        begins, problem, hint, ends = preview.lines[1:5]
    found = re.match(pattern["regexp"], problem)
    assert found is not None
    named = {name: found[pattern[name]] for name in ("file", "line", "column", "severity", "code", "message")}
    assert named.pop("message").startswith("no page")
    assert named == {"file": PAGE, "line": "27", "column": "74", "severity": "error", "code": "broken-link"}
    assert re.match(background["beginsPattern"], begins)
    assert re.match(background["endsPattern"], ends)
    assert hint.startswith("   = ")
    for one in (pattern["regexp"], background["beginsPattern"], background["endsPattern"]):
        assert not re.match(one, hint)
    assert not any(re.match(background[one], problem) for one in ("beginsPattern", "endsPattern"))


def test_nothing_is_written_but_what_the_next_build_can_use(site: Path) -> None:
    before = set(site.rglob("*"))
    with previewed(site):
        new = {one.relative_to(site).parts[0] for one in set(site.rglob("*")) - before}
        assert new == {".cache"}
