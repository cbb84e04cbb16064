"""Where the commands that ask find a Harmony: one rule for all of them, and a token never goes astray."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from tests.apps.cli.test_watch import Server

from harmony.apps.cli import asking, reach
from harmony.apps.cli.data_folder import data_folder
from harmony.apps.runtime import run_file
from harmony.apps.runtime.run_file import RunFile


@contextmanager
def speaking(words: bytes) -> Iterator[str]:
    """An address where something answers that is no web server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with listener.accept()[0] as caller:
                caller.recv(65_536)
                caller.sendall(words)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "http://127.0.0.1.example.org",
        "ftp://localhost",
        "https://user:pw@example.org",
        "localhost",
        "[",
        "https://",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        "https://exa mple.org",
        "https://example.org/?to=elsewhere",
        "https://example.org/#there",
        "https://example.org\r\nX-Other: 1",
    ],
)
def test_what_cannot_be_called_safely_is_refused(url: str) -> None:
    with pytest.raises(reach.AddressRefused):
        reach.address(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:9001", "http://127.0.0.2:1", "http://[::1]:9001", "https://harmony.example/under"]
)
def test_this_machine_is_called_openly_and_any_other_behind_https(url: str) -> None:
    assert reach.address(f"{url}/") == url


def test_a_harmony_without_its_front_door_is_none_that_can_be_asked(tmp_path: Path) -> None:
    run_file.write(tmp_path, RunFile(os.getpid(), {"conductor": 8888}, "operators"))
    assert reach.chosen(None, tmp_path).find() is None
    with pytest.raises(asking.NobodyAnswers):
        asking.ask({}, None, tmp_path)


def test_the_data_folder_of_the_environment_is_read_as_the_server_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_DATA", "~/elsewhere")
    assert data_folder(None) == Path.home() / "elsewhere"
    monkeypatch.chdir("/")
    assert data_folder(Path("here")) == Path("/here")


@pytest.mark.parametrize(
    "words", [b"-ERR unknown command\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"]
)
def test_what_answers_without_speaking_http_to_its_end_is_said(words: bytes) -> None:
    with speaking(words) as url, pytest.raises(asking.NobodyAnswers):
        asking.ask({}, url, None)


def test_a_refusal_is_told_in_the_servers_words_and_they_cannot_touch_the_terminal() -> None:
    problem = json.dumps({"message": "there is no such space\x1b]0;title\x07"}).encode()
    with Server(404, problem) as server, pytest.raises(asking.ReportRefused) as refused:
        asking.ask({}, server.url, None)
    assert "there is no such space" in refused.value.message
    assert "\x1b" not in refused.value.message
