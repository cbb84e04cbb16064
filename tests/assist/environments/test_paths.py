"""One location in every system's spelling: what travels, what is refused, and that nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.environments import paths
from harmony.assist.environments.errors import PathUnreadable, Untranslatable
from harmony.assist.environments.model import PATH_LIMIT_CHARS, Mount, Style
from harmony.assist.environments.service.get_path import get_path

LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-+@é世"
NAMES = st.text(LETTERS, min_size=1, max_size=12).filter(lambda name: name.lower() not in paths.WINDOWS_RESERVED)
PLAIN = st.lists(NAMES, min_size=1, max_size=6).map("/".join)
RAW = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)

TRANSLATED: list[tuple[Style, Style, str, str]] = [
    ("windows", "linux", r"data\in\a.csv", "data/in/a.csv"),
    ("windows", "linux", r"C:\Users\ada\data.csv", "/home/ada/data.csv"),
    ("windows", "macos", r"c:/users/ada/data.csv", "/Users/ada/data.csv"),
    ("windows", "linux", r"%USERPROFILE%\.ssh\config", "~/.ssh/config"),
    ("windows", "linux", r"C:\Users\ada\AppData\Local\Temp\x.log", "/tmp/x.log"),
    ("windows", "linux", "NUL", "/dev/null"),
    ("windows", "linux", "..\\x\\.\\y\\", "../x/y/"),
    ("windows", "wsl", r"C:\Users\ada\data.csv", "/mnt/c/Users/ada/data.csv"),
    ("windows", "wsl", r"\\wsl.localhost\Ubuntu\home\ada\x", "/home/ada/x"),
    ("windows", "git-bash", r"D:\src\app", "/d/src/app"),
    ("windows", "cygwin", r"\\?\C:\src", "/cygdrive/c/src"),
    ("windows", "git-bash", r"\\files\team\plan.md", "//files/team/plan.md"),
    ("wsl", "windows", "/mnt/c/Users/ada/x", r"C:\Users\ada\x"),
    ("git-bash", "windows", "/c/", "C:\\"),
    ("git-bash", "wsl", "/d/x", "/mnt/d/x"),
    ("cygwin", "windows", "/cygdrive/e/x/", "E:\\x\\"),
    ("linux", "windows", "/home/ada/data.csv", r"C:\Users\ada\data.csv"),
    ("linux", "windows", "~/data.csv", r"%USERPROFILE%\data.csv"),
    ("linux", "windows", "$HOME/data.csv", r"%USERPROFILE%\data.csv"),
    ("linux", "windows", "/tmp/x", r"%TEMP%\x"),
    ("linux", "macos", "/home/ada/x", "/Users/ada/x"),
    ("macos", "linux", "/Users/ada/x", "/home/ada/x"),
    ("linux", "portable", "/home/ada/projects/x", "user_home/projects/x"),
    ("windows", "portable", r"C:\Users\ada\projects\x", "user_home/projects/x"),
    ("windows", "portable", r"D:\src", "drive_d/src"),
    ("portable", "linux", "user_home/x", "~/x"),
    ("portable", "windows", "user_temp/x", r"%TEMP%\x"),
]

REFUSED: list[tuple[Style, Style, str]] = [
    ("windows", "linux", r"D:\src\app"),
    ("windows", "linux", r"\\files\team\plan.md"),
    ("linux", "windows", "/etc/hosts"),
    ("linux", "windows", "logs/12:30.txt"),
    ("linux", "windows", "src/aux.c"),
    ("linux", "windows", "src/name."),
    ("linux", "windows", r"a\b"),
    ("linux", "windows", "what?"),
]


@pytest.mark.parametrize(("source", "target", "text", "expected"), TRANSLATED)
def test_a_path_reads_the_same_place_on_the_other_system(
    source: Style, target: Style, text: str, expected: str
) -> None:
    assert paths.translate(text, source, target).text == expected


@pytest.mark.parametrize(("source", "target", "text"), REFUSED)
def test_what_has_no_counterpart_is_refused(source: Style, target: Style, text: str) -> None:
    with pytest.raises(Untranslatable):
        paths.translate(text, source, target)


@pytest.mark.parametrize(
    "text", ["", "a\0b", "C:x", r"\x", r"\\server", r"\\.\PhysicalDrive0", "a" * (PATH_LIMIT_CHARS + 1)]
)
def test_what_is_no_path_by_itself_is_refused(text: str) -> None:
    with pytest.raises(PathUnreadable):
        paths.read(text, "windows")


def test_a_path_of_the_greatest_length_is_read() -> None:
    assert paths.read("a" * PATH_LIMIT_CHARS, "linux").parts == ("a" * PATH_LIMIT_CHARS,)


def test_a_mount_connects_what_would_be_refused_and_the_longest_one_wins() -> None:
    mounts = (Mount(r"C:\src", "/outer"), Mount(r"c:\SRC\app", "/app"), Mount("/data", r"D:\data"))
    assert paths.translate(r"C:\src\App\main.py", "windows", "container", mounts[:2]).text == "/app/main.py"
    assert paths.translate(r"C:\src\lib.py", "windows", "container", mounts[:2]).text == "/outer/lib.py"
    assert paths.translate("/data/x", "container", "windows", mounts[2:]).text == r"D:\data\x"
    with pytest.raises(Untranslatable):
        paths.translate(r"C:\srcs\x", "windows", "container", mounts[:1])


def test_notes_say_what_behaves_differently() -> None:
    assert "long" in paths.translate("/".join(["folder"] * 40), "linux", "windows").notes[0]
    assert not paths.translate("a" * (paths.WINDOWS_PATH_CHARS - 1), "linux", "windows").notes
    assert paths.translate("/etc/hosts", "linux", "macos").notes
    assert "two folders" in paths.translate("~/x", "wsl", "windows").notes[0]


@given(PLAIN)
def test_plain_relative_paths_come_back_from_every_system(path: str) -> None:
    for style in ("windows", "macos", "wsl", "git-bash", "cygwin", "container", "portable"):
        there = paths.translate(path, "linux", style).text
        assert paths.translate(there, style, "linux").text == path


@given(st.sampled_from("CDEZ"), PLAIN)
def test_on_one_machine_a_drive_comes_back_from_every_shell(drive: str, path: str) -> None:
    windows = f"{drive}:\\" + path.replace("/", "\\")
    for style in ("wsl", "git-bash", "cygwin"):
        assert paths.translate(paths.translate(windows, "windows", style).text, style, "windows").text == windows


@given(RAW, st.sampled_from(["windows", "linux", "wsl", "git-bash", "portable"]))
def test_any_text_is_read_the_same_after_it_was_written_or_is_refused(text: str, style: Style) -> None:
    try:
        location = paths.read(text, style)
        written = paths.write(location, style)
    except (PathUnreadable, Untranslatable):
        return
    assert paths.read(written, style) in (location, paths.read(paths.write(paths.meaning(location), style), style))


@given(RAW, st.sampled_from(["windows", "linux", "git-bash"]))
def test_the_portable_form_is_stable(text: str, style: Style) -> None:
    try:
        portable = paths.normalised(text, style)
    except PathUnreadable:
        return
    assert paths.normalised(portable, "portable") == portable


def test_get_path_builds_from_components_as_the_specification_names_it() -> None:
    assert get_path(["user_home", "projects", "data.csv"], "absolute", "windows") == (
        r"%USERPROFILE%\projects\data.csv",
        "user_home/projects/data.csv",
    )
    assert get_path(["/", "home", "ada", "x"], "absolute", "linux") == ("/home/ada/x", "user_home/x")
    assert get_path(["C:", "Users", "ada", "x"], "absolute", "windows") == (r"C:\Users\ada\x", "user_home/x")
    assert get_path(["src", "a/b", "..", "c.py"], "relative", "linux") == ("src/a/b/../c.py", "src/a/b/../c.py")


@pytest.mark.parametrize(
    ("components", "kind"), [(["a"], "absolute"), (["/", "a"], "relative"), (["a", "/b"], "relative")]
)
def test_get_path_refuses_components_that_do_not_fit_together(components: list[str], kind: str) -> None:
    with pytest.raises(PathUnreadable):
        get_path(components, "absolute" if kind == "absolute" else "relative", "linux")
