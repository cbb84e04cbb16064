"""One location in every system's spelling.

A path is read into a ``Location`` and written again. On one Windows machine (Windows itself, WSL, Git Bash, Cygwin)
a drive is the same place under another name, so the file stays the same file. Between machines only what has a
meaning travels: relative paths, the home folder, the temporary folder, the null device, and what a mount connects.
Everything else is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace

from harmony.assist.environments.errors import PathUnreadable, Untranslatable
from harmony.assist.environments.model import PATH_LIMIT_CHARS, Location, Mount, Style, Translation

WINDOWS_PATH_CHARS = 260
"""MAX_PATH, the terminating zero included."""
WINDOWS_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)
WINDOWS_FORBIDDEN = '<>:"|?*\\/'

_SHARES_DRIVES: frozenset[Style] = frozenset({"windows", "wsl", "git-bash", "cygwin"})
_NOT_PEOPLE = frozenset({"public", "default", "default user", "all users", "shared"})
_DRIVE_PREFIX: dict[Style, str] = {"wsl": "/mnt/", "git-bash": "/", "cygwin": "/cygdrive/"}
_HOME_FOLDER: dict[Style, str] = {"macos": "/Users/", "git-bash": "/c/Users/"}
_MARKERS = frozenset({"user_home", "user_temp", "system_root", "network", "null_device"})

_DRIVE = re.compile(r"([A-Za-z]):(\\?)")
_PORTABLE_DRIVE = re.compile(r"drive_([a-z])\Z")
_WINDOWS_HOME = re.compile(r"(?:%USERPROFILE%|\$env:USERPROFILE|\$HOME|~)(?=\\|\Z)", re.IGNORECASE)
_WINDOWS_TEMP = re.compile(r"(?:%TE?MP%|\$env:TE?MP)(?=\\|\Z)", re.IGNORECASE)
_POSIX_HOME = re.compile(r"(?:\$HOME|\$\{HOME\}|~([A-Za-z_][\w.-]{0,63})?)(?=/|\Z)")
_POSIX_TEMP = re.compile(r"(?:\$TMPDIR|\$\{TMPDIR\})(?=/|\Z)")
_WSL_SERVERS = frozenset({"wsl$", "wsl.localhost"})


def translate(text: str, source: Style, target: Style, mounts: tuple[Mount, ...] = ()) -> Translation:
    """A path of ``source`` as ``target`` writes it. Raises ``PathUnreadable`` and ``Untranslatable``."""
    location = read(text, source)
    mounted = _mounted(location, source, target, mounts)
    if mounted is None and not (source in _SHARES_DRIVES and target in _SHARES_DRIVES):
        location = meaning(location)
    found = write(mounted or location, target)
    return Translation(found, tuple(_notes(found, mounted or location, source, target)))


def normalised(text: str, style: Style) -> str:
    """The portable form of a path: ``user_home/projects/data.csv``. It names no user and no separator of a system."""
    return write(meaning(read(text, style)), "portable")


def read(text: str, style: Style) -> Location:
    """The place that a path of ``style`` names. Raises ``PathUnreadable``."""
    if not text or len(text) > PATH_LIMIT_CHARS:
        raise PathUnreadable(f"a path has 1 to {PATH_LIMIT_CHARS} characters", field="text")
    if any(ord(character) < ord(" ") for character in text):
        raise PathUnreadable("a path holds no control characters", field="text")
    if style == "windows" or (style in ("git-bash", "cygwin") and _DRIVE.match(text)):
        return _read_windows(text.replace("/", "\\"))
    if style == "portable":
        return _read_portable(text)
    return _read_posix(text, style)


def write(location: Location, style: Style) -> str:
    """The location as ``style`` spells it. Raises ``Untranslatable``."""
    if style == "windows":
        return _write_windows(location)
    if style == "portable":
        return _write_portable(location)
    return _write_posix(location, style)


def meaning(location: Location) -> Location:
    """A location by what it is for: a folder below a home is the user's home, whatever system it lies on."""
    parts, lowered = location.parts, tuple(part.lower() for part in location.parts)
    people = (location.kind == "drive" and location.anchor == "C" and lowered[:1] == ("users",)) or (
        location.kind == "root" and location.parts[:1] in (("home",), ("Users",))
    )
    if people and len(parts) > 1 and lowered[1] not in _NOT_PEOPLE:
        if location.kind == "drive" and lowered[2:5] == ("appdata", "local", "temp"):
            return replace(location, kind="temp", anchor="", parts=parts[5:])
        return replace(location, kind="home", anchor=parts[1], parts=parts[2:])
    if location.kind == "root" and parts[:1] == ("root",):
        return replace(location, kind="home", parts=parts[1:])
    if location.kind == "root" and parts[:1] == ("tmp",):
        return replace(location, kind="temp", parts=parts[1:])
    return location


def check_windows_name(name: str) -> None:
    """Refuse a name that Windows cannot give to a file."""
    wrong = next((character for character in name if character in WINDOWS_FORBIDDEN), None)
    if wrong is not None:
        raise Untranslatable(f"a Windows file name cannot hold {wrong!r}", field="text")
    if name.split(".")[0].rstrip().lower() in WINDOWS_RESERVED:
        raise Untranslatable(f"Windows reserves the name {name.split('.')[0].upper()} for a device", field="text")
    if name not in (".", "..") and name[-1] in ". ":
        raise Untranslatable("a Windows file name does not end with a dot or a space", field="text")


def _read_windows(text: str) -> Location:
    if text.upper().startswith("\\\\?\\UNC\\"):
        text = "\\\\" + text[8:]
    elif text.startswith("\\\\?\\"):
        text = text[4:]
    if text.startswith("\\\\.\\"):
        raise PathUnreadable("this names a device, not a file", field="text")
    if text.upper() in ("NUL", "NUL:"):
        return Location("null")
    if text.startswith("\\\\"):
        names = [name for name in text[2:].split("\\") if name]
        if len(names) < 2:
            raise PathUnreadable("a network path names a server and a share", field="text")
        return _located("network", "\\".join(names[2:]), "\\", f"{names[0]}/{names[1]}", ends=text.endswith("\\"))
    drive = _DRIVE.match(text)
    if drive and not drive[2]:
        raise PathUnreadable("without a separator after the drive, the path depends on that drive's folder of the "
                             "moment", field="text")  # fmt: skip
    if drive:
        return _located("drive", text[3:], "\\", drive[1].upper())
    if text.startswith("\\"):
        raise PathUnreadable("a path that begins with a separator depends on the drive of the moment", field="text")
    if home := _WINDOWS_HOME.match(text):
        return _located("home", text[home.end() :], "\\")
    if temp := _WINDOWS_TEMP.match(text):
        return _located("temp", text[temp.end() :], "\\")
    return _located("relative", text, "\\")


def _read_posix(text: str, style: Style) -> Location:
    if text == "/dev/null":
        return Location("null")
    if home := _POSIX_HOME.match(text):
        return _located("home", text[home.end() :], "/", home[1] or "")
    if temp := _POSIX_TEMP.match(text):
        return _located("temp", text[temp.end() :], "/")
    if not text.startswith("/"):
        return _located("relative", text, "/")
    if style in ("git-bash", "cygwin") and text.startswith("//") and len(names := text[2:].split("/", 2)) > 1:
        return _located("network", (names + [""])[2], "/", f"{names[0]}/{names[1]}", ends=text.endswith("/"))
    prefix = _DRIVE_PREFIX.get(style)
    if prefix and text.startswith(prefix):
        letter, _, rest = text[len(prefix) :].partition("/")
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            return _located("drive", rest, "/", letter.upper())
    return _located("root", text[1:], "/")


def _read_portable(text: str) -> Location:
    marker, _, rest = text.partition("/")
    if drive := _PORTABLE_DRIVE.match(marker):
        return _located("drive", rest, "/", drive[1].upper())
    if marker == "network":
        names = (rest + "//").split("/", 2)
        if not (names[0] and names[1]):
            raise PathUnreadable("a network path names a server and a share", field="text")
        return _located("network", names[2], "/", f"{names[0]}/{names[1]}", ends=text.endswith("/"))
    if marker == "user_home":
        return _located("home", rest, "/")
    if marker == "user_temp":
        return _located("temp", rest, "/")
    if marker == "system_root":
        return _located("root", rest, "/")
    if marker == "null_device" and not rest:
        return Location("null")
    if not marker:
        raise PathUnreadable("a portable path begins with a name, not with a separator", field="text")
    return _located("relative", text, "/")


def _located(kind: str, rest: str, separator: str, anchor: str = "", *, ends: bool | None = None) -> Location:
    parts = tuple(part for part in rest.split(separator) if part not in ("", "."))
    folder = bool(parts) and (rest.endswith(separator) if ends is None else ends)
    return Location(kind, parts, anchor, folder)  # type: ignore[arg-type]  # each caller names one of PathKind


def _write_windows(location: Location) -> str:
    for part in location.parts:
        check_windows_name(part)
    kind, tail = location.kind, "\\".join(location.parts)
    if kind == "null":
        return "NUL"
    if kind == "root":
        raise Untranslatable(f"/{'/'.join(location.parts[:2])} has no counterpart on Windows; a mount can connect it",
                             field="text")  # fmt: skip
    if kind == "relative":
        first = ".\\" if location.parts and location.parts[0][0] == "~" else ""
        return _ended(first + tail or ".", location, "\\")
    start = {
        "drive": f"{location.anchor}:",
        "network": "\\\\" + location.anchor.replace("/", "\\"),
        "home": f"C:\\Users\\{location.anchor}" if location.anchor else "%USERPROFILE%",
        "temp": "%TEMP%",
    }[kind]
    if kind == "home" and location.anchor:
        check_windows_name(location.anchor)
    bare = start + "\\" if kind == "drive" else start
    return _ended(f"{start}\\{tail}" if tail else bare, location, "\\")


def _write_posix(location: Location, style: Style) -> str:
    kind, tail = location.kind, "/".join(location.parts)
    if kind == "null":
        return "/dev/null"
    if kind == "relative":
        first = "./" if location.parts and location.parts[0][0] in "~$" else ""
        return _ended(first + tail or ".", location, "/")
    start = _posix_start(location, style)
    return _ended(f"{start.rstrip('/')}/{tail}" if tail else start, location, "/")


def _posix_start(location: Location, style: Style) -> str:
    if location.kind == "root":
        return "/"
    if location.kind == "temp":
        return "/tmp"
    if location.kind == "home":
        return _HOME_FOLDER.get(style, "/home/") + location.anchor if location.anchor else "~"
    if location.kind == "drive":
        if style not in _DRIVE_PREFIX:
            raise Untranslatable(f"drive {location.anchor}: has no counterpart here; a mount can connect it",
                                 field="text")  # fmt: skip
        return _DRIVE_PREFIX[style] + location.anchor.lower()
    server = location.anchor.split("/")[0].lower()
    if style == "wsl" and server in _WSL_SERVERS:
        return "/"
    if style in ("git-bash", "cygwin"):
        return "//" + location.anchor
    raise Untranslatable("a network folder has no place here until it is mounted", field="text")


def _write_portable(location: Location) -> str:
    start = {
        "relative": "./" if location.parts and _is_marker(location.parts[0]) else "",
        "home": "user_home/",
        "temp": "user_temp/",
        "drive": f"drive_{location.anchor.lower()}/",
        "network": f"network/{location.anchor}/",
        "root": "system_root/",
        "null": "null_device/",
    }[location.kind]
    found = (start + "/".join(location.parts)) or "."
    return _ended(found if location.parts else found.rstrip("/"), location, "/")


def _is_marker(name: str) -> bool:
    return name in _MARKERS or _PORTABLE_DRIVE.match(name) is not None


def _ended(text: str, location: Location, separator: str) -> str:
    return text + separator if location.folder and not text.endswith(separator) else text


def _mounted(location: Location, source: Style, target: Style, mounts: tuple[Mount, ...]) -> Location | None:
    """The location below the longest mount that holds it, as the target sees it."""
    best: tuple[int, Location] | None = None
    for mount in mounts:
        outside, inside = read(mount.source, source), read(mount.target, target)
        depth = len(outside.parts)
        same = (outside.kind, _folded(outside.anchor, source)) == (location.kind, _folded(location.anchor, source))
        below = tuple(_folded(part, source) for part in location.parts[:depth])
        if same and below == tuple(_folded(part, source) for part in outside.parts) and (not best or depth > best[0]):
            rest = location.parts[depth:]
            folder = location.folder if rest else inside.folder
            best = depth, replace(inside, parts=inside.parts + rest, folder=folder)
    return best[1] if best else None


def _folded(text: str, style: Style) -> str:
    return text.lower() if style == "windows" else text


def _notes(found: str, location: Location, source: Style, target: Style) -> list[str]:
    notes = []
    if target == "windows" and len(found) >= WINDOWS_PATH_CHARS:
        notes.append(f"longer than {WINDOWS_PATH_CHARS - 1} characters: Windows must have long paths switched on")
    if location.kind == "root" and source != target and location.parts:
        notes.append("the same words, but another system keeps other files there")
    if location.kind == "home" and "wsl" in (source, target) and source != target and "windows" in (source, target):
        notes.append("WSL and Windows have a home folder each; these are two folders")
    return notes
