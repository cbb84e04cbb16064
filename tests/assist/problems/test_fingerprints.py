"""The same failure has the same fingerprint from any folder, line and record; another failure has another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems.fingerprints import normal
from harmony.assist.problems.model import Report
from harmony.assist.problems.service import read

names = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
folders = st.from_regex(r"(?:/[A-Za-z0-9 _.-]{1,12}){1,4}", fullmatch=True)
windows_folders = st.from_regex(r"[C-F]:(?:\\[A-Za-z0-9 _-]{1,12}){1,4}", fullmatch=True)
lines = st.integers(1, 99_999)
errors = st.sampled_from(["ValueError", "KeyError", "shop.errors.OrderLost", "OSError"])
ids = st.one_of(
    st.uuids().map(str),
    st.integers(0, 2**64).map(str),
    st.integers(2**33, 2**64).map(hex),
    st.binary(min_size=8, max_size=20).map(bytes.hex),
)


def traceback(folder: str, separator: str, first_line: int, functions: list[str], error: str, message: str) -> str:
    frames = [
        f'  File "{folder}{separator}shop.py", line {first_line + 7 * number}, in {function}\n    step()\n'
        for number, function in enumerate(functions)
    ]
    return f"Traceback (most recent call last):\n{''.join(frames)}{error}: {message}\n"


def fingerprint(log: str) -> str:
    return read(Report(log=log)).fingerprint


@given(st.data(), st.lists(names, min_size=1, max_size=5), errors)
def test_folders_lines_and_ids_do_not_matter(data: st.DataObject, functions: list[str], error: str) -> None:
    def one(folder: str, separator: str) -> str:
        line, record = data.draw(lines), data.draw(ids)
        message = f"cannot ship order {record} from '{folder}{separator}store.db' after {data.draw(lines)} ms"
        return fingerprint(traceback(folder, separator, line, functions, error, message))

    here = one(data.draw(folders), "/")
    assert one(data.draw(folders), "/") == here
    assert one(data.draw(windows_folders), "\\") == here


@given(st.lists(names, min_size=1, max_size=5), errors, errors)
def test_another_kind_of_error_is_another_failure(functions: list[str], error: str, other: str) -> None:
    one = fingerprint(traceback("/srv", "/", 3, functions, error, "it broke"))
    two = fingerprint(traceback("/srv", "/", 3, functions, other, "it broke"))
    assert (one == two) == (error == other)


@given(st.lists(names, min_size=1, max_size=5, unique=True), names)
def test_another_function_is_another_failure(functions: list[str], other: str) -> None:
    changed = [*functions[:-1], other]
    one = fingerprint(traceback("/srv", "/", 3, functions, "ValueError", "it broke"))
    two = fingerprint(traceback("/srv", "/", 3, changed, "ValueError", "it broke"))
    assert (one == two) == (functions == changed)


def test_library_frames_do_not_matter() -> None:
    own = traceback("/srv", "/", 3, ["main"], "ValueError", "it broke")
    library = '  File "/srv/venv/lib/python3.12/site-packages/paint/brush.py", line 9, in dip\n    x()\nValueError'
    assert fingerprint(own) == fingerprint(own.replace("ValueError", library))


def test_the_module_of_an_error_does_not_matter_and_its_words_do() -> None:
    one = fingerprint(traceback("/srv", "/", 3, ["main"], "shop.errors.Lost", "the blue order"))
    assert one == fingerprint(traceback("/srv", "/", 3, ["main"], "shop.core.Lost", "the blue order"))
    assert one != fingerprint(traceback("/srv", "/", 3, ["main"], "shop.errors.Lost", "the red order"))


def test_personal_data_does_not_matter_because_it_is_hidden_first() -> None:
    def mail(address: str) -> str:
        return fingerprint(traceback("/srv", "/", 3, ["send"], "ValueError", f"no mailbox {address}"))

    assert mail("wanda@example.org") == mail("wilbur.longname@example.net")


def test_normal_messages_read_well() -> None:
    assert normal("No such file: '/home/x y/data 1.csv' at 0x7f3a") == "No such file: <path> at #"
    assert normal("GET https://shop.test/orders/7?x=1 failed with 502") == "GET <url> failed with #"
    assert normal("can't open C:\\Users\\pat\\a.txt") == "can't open <path>"
