"""A command line of one shell as another shell writes it.

What is translated: environment variables and path lists, ``&&`` and its like, redirections, quoting, continued lines,
comments, and the small commands of ``verbs.py``; other programs keep their arguments, with paths rewritten. Whatever
has no counterpart is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import ModuleType

from harmony.assist.environments import paths
from harmony.assist.environments.errors import PathUnreadable, Untranslatable
from harmony.assist.environments.model import COMMAND_LIMIT_CHARS, Mount, Shell, Style, Translation
from harmony.assist.environments.shells import cmd, posix, powershell
from harmony.assist.environments.shells.line import Piece, Redirection, Step, Word, refused, steps, word
from harmony.assist.environments.shells.verbs import Use, understand, written

GRAMMARS: dict[Shell, ModuleType] = {"sh": posix, "cmd": cmd, "powershell": powershell}
_CONTINUED: dict[Shell, str] = {"sh": "\\", "cmd": "^", "powershell": "`"}
_RENAMED = {"HOME": "USERPROFILE", "USER": "USERNAME", "LOGNAME": "USERNAME", "TMPDIR": "TEMP", "PWD": "CD",
            "HOSTNAME": "COMPUTERNAME"}  # fmt: skip
_RENAMED_BACK = {"USERPROFILE": "HOME", "USERNAME": "USER", "TEMP": "TMPDIR", "TMP": "TMPDIR", "CD": "PWD",
                 "COMPUTERNAME": "HOSTNAME"}  # fmt: skip
_WINDOWS_ONLY = frozenset({"APPDATA", "LOCALAPPDATA", "PROGRAMFILES", "PROGRAMDATA", "SYSTEMROOT", "WINDIR", "COMSPEC",
                           "HOMEDRIVE", "HOMEPATH", "RANDOM", "DATE", "TIME"})  # fmt: skip
_ABSOLUTE_POSIX = re.compile(r"/(?:[\w.@+-]{1,100}/){1,40}[\w.@+*-]{0,100}\Z|/dev/null\Z")
_WINDOWS_PATH = re.compile(r"(?:[A-Za-z]:\\|\\\\|\.{1,2}\\)?[\w .@+*~-]{0,100}(?:\\[\w .@+*-]{1,100}){0,40}\\?\Z")
_DRIVE = re.compile(r"[A-Za-z]:\\|[A-Z]:/(?!/)|\\\\")
_ACTIVATE = re.compile(r"(?P<folder>[^\n]{0,300}?)[\\/](?:bin|Scripts)[\\/]activate(?:\.bat|\.ps1)?\Z", re.IGNORECASE)


@dataclass(slots=True)
class Job:
    """One translation under way: from where to where, and what there is to say about it."""

    source: Shell
    target: Shell
    source_style: Style
    target_style: Style
    mounts: tuple[Mount, ...] = ()
    notes: list[str] = field(default_factory=list)
    assigned: set[str] = field(default_factory=set)

    @property
    def to_windows(self) -> bool:
        return self.source == "sh" and self.target != "sh"

    @property
    def to_posix(self) -> bool:
        return self.source != "sh" and self.target == "sh"

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def translate(
    text: str, source: Shell, target: Shell, source_style: Style, target_style: Style, mounts: tuple[Mount, ...] = ()
) -> Translation:
    """A command, or several on lines of their own. Raises ``Untranslatable`` naming the line and the form."""
    if len(text) > COMMAND_LIMIT_CHARS:
        raise Untranslatable(f"a command has at most {COMMAND_LIMIT_CHARS} characters", field="text")
    job = Job(source, target, source_style, target_style, mounts)
    found = []
    for number, line in _lines(text, source):
        try:
            found.append(_line(job, line))
        except (PathUnreadable, Untranslatable) as error:
            where = f"line {number}: " if "\n" in text.strip() else ""
            raise Untranslatable(where + error.message, field="text", details={"line": number}) from error
    return Translation("\n".join(found), tuple(job.notes))


def _lines(text: str, source: Shell) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; a continued line together with those below it."""
    held, began = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        began = began or number
        held = f"{held}\n{line}" if held else line
        if not line.endswith(_CONTINUED[source]):
            yield began, held
            held, began = "", 0
    if held:
        yield began, held


def _line(job: Job, line: str) -> str:
    grammar = GRAMMARS[job.source]
    read = steps(grammar.read(line))
    job.assigned = set()
    prepared = [part for step in read for part in _prefixes(job, step)]
    out = ""
    for at, step in enumerate(prepared):
        out += _join(job, step) if at else ""
        out += _step(job, step, alone=len(prepared) == 1)
    return out


def _prefixes(job: Job, step: Step) -> Iterator[Step]:
    """``A=b program`` of sh as an assignment and the program."""
    words, join = step.words, step.join
    while job.source == "sh" and job.target != "sh" and len(words) > 1 and posix.assignment(words[:1]):
        job.note("the variable stays set after the command")
        yield Step(join, words[:1])
        words, join = words[1:], "&&" if job.target == "cmd" else ";"
    yield replace(step, words=words, join=join)


def _join(job: Job, step: Step) -> str:
    if job.target == "powershell" and step.join in ("&&", "||"):
        job.note("&& and || need PowerShell 7; Windows PowerShell 5.1 does not know them")
    if not step.words:
        return " & " if job.target == "cmd" else " "
    if step.join == ";":
        return " & " if job.target == "cmd" else "; "
    return f" {step.join} "


def _step(job: Job, step: Step, *, alone: bool) -> str:
    grammar = GRAMMARS[job.target]
    parts = [_command(job, step, alone=alone)] if step.words else []
    parts += [_redirection(job, redirection) for redirection in step.redirections]
    if step.remark is not None:
        parts += ["&"] if job.target == "cmd" and step.words else []
        parts.append(grammar.write_remark(step.remark))
    return " ".join(part for part in parts if part)


def _command(job: Job, step: Step, *, alone: bool) -> str:
    changed = GRAMMARS[job.source].environment_step(step)
    if changed is not None:
        return _environment(job, *changed, alone=alone)
    if activated := _activation(job, step):
        return activated
    said = [word.plain.lower() for word in step.words]
    if job.source == "cmd" and said in (["echo", "on"], ["echo", "off"]):
        return str(GRAMMARS[job.target].write_remark(" ".join(said)))
    use = understand(step, job.source)
    if use is not None and job.source != job.target:
        return _verb(job, use)
    return _program(job, step)


def _environment(job: Job, change: str, name: str, value: Word | None, *, alone: bool) -> str:
    grammar = GRAMMARS[job.target]
    if not name:
        raise refused("this name of a variable")
    if value is None:
        return str(grammar.write_unset(name))
    if change == "local" and job.target != "sh":
        job.note(f"{name} is an environment variable here: programs that are called see it, too")
    paths_listed = name.upper().endswith("PATH")
    found = _path_list(job, value) if paths_listed else _translated(job, value, "argument")
    job.assigned.add(name.upper())
    text = str(grammar.write_set(name, found, exported=change != "local"))
    if job.target == "cmd" and not alone and not text.startswith('set "'):
        # Without the quotation marks the blank before the next operator would become part of the value.
        return f'set "{text[4:]}"'
    return text


def _verb(job: Job, use: Use) -> str:
    before, after = written(use, job.target)
    role = "path" if use.verb.paths else "argument"
    operands = [_translated(job, operand, role) for operand in use.operands]
    if use.verb.name == "say":
        return f"{before} {_said(job, operands)}".rstrip()
    if use.verb.name == "make-empty-file":
        job.note("a file that exists already keeps its time")
    separator = ", " if job.target == "powershell" and use.verb.listed else " "
    texts = [_written(job, operand) for operand in operands]
    return " ".join(part for part in (before, separator.join(texts).strip(), after) if part)


def _said(job: Job, operands: list[Word]) -> str:
    """The operands of echo: cmd prints its quotation marks, PowerShell every operand on a line of its own."""
    if job.source == "cmd" and any(operand.quoted and "^" not in (operand.literal or "") for operand in operands):
        raise refused("a quotation mark after echo, which cmd prints,")
    pieces = [piece for operand in operands for piece in (Piece(" ", quoted=True), *operand.pieces)][1:]
    if job.target == "powershell":
        return (
            str(powershell.write_word(Word(tuple(replace(piece, quoted=True) for piece in pieces)))) if pieces else ""
        )
    if job.target == "cmd":
        return "".join(
            f"%{'ERRORLEVEL' if piece.text == '?' else piece.text}%"
            if piece.variable
            else re.sub(r"([&|<>^])", r"^\1", piece.text)
            for piece in pieces
        )
    return " ".join(_written(job, operand) for operand in operands)


def _program(job: Job, step: Step) -> str:
    first = _translated(job, step.words[0], "program")
    if job.source != job.target and (first.literal or "").lower().endswith((".sh", ".bat", ".cmd", ".ps1")):
        job.note("the script itself is written for the other shell")
    rest = [_translated(job, argument, "argument") for argument in step.words[1:]]
    out = GRAMMARS[job.target].write_word(first, program=True)
    for argument in rest:
        out += (GRAMMARS[job.target].CONTINUATION if argument.breaks else " ") + _written(job, argument)
    return str(out)


def _activation(job: Job, step: Step) -> str:
    """A virtual environment is switched on by another file in each shell."""
    sourced = job.source == "sh" and step.words[0].plain in (".", "source") and len(step.words) == 2
    if not sourced and (job.source == "sh" or len(step.words) != 1):
        return ""
    found = _ACTIVATE.match(step.words[-1].literal or "")
    if not found:
        return ""
    ending = {"sh": "/bin/activate", "cmd": "\\Scripts\\activate.bat", "powershell": "\\Scripts\\Activate.ps1"}
    folder = _translated(job, word(found["folder"]), "path")
    last = folder.pieces[-1]
    whole = Word((*folder.pieces[:-1], replace(last, text=last.text + ending[job.target])))
    return (". " if job.target == "sh" else "") + str(GRAMMARS[job.target].write_word(whole, program=True))


def _redirection(job: Job, redirection: Redirection) -> str:
    if redirection.target is None:
        return redirection.operator
    if redirection.operator == "<" and job.target == "powershell":
        raise refused("reading a file with <, which PowerShell does not have,")
    return f"{redirection.operator} {_written(job, _translated(job, redirection.target, 'path'))}"


def _written(job: Job, found: Word) -> str:
    if job.target == "powershell" and (found.literal or "").upper() == "NUL":
        return "$null"
    return str(GRAMMARS[job.target].write_word(found))


def _translated(job: Job, given: Word, role: str) -> Word:
    """A word with its variables renamed and its paths in the target's spelling. ``role``: program, path, argument."""
    literal = given.literal
    if literal is not None and not job.to_windows and not job.to_posix and job.source_style == job.target_style:
        return given
    if job.to_windows:
        convert = _windows_text
    elif job.to_posix:
        convert = _posix_text
    else:
        convert = _same_text
    if literal is None:
        pieces = tuple(_piece(job, piece, convert, role) for piece in given.pieces)
        return Word(pieces, given.breaks)
    if job.to_windows and not given.quoted and re.match(r"~(?:/|\Z)", literal) and role != "program":
        rest = literal[1:].replace("/", "\\")
        home = Piece("HOME" if job.target == "powershell" else "USERPROFILE", variable=True)
        return Word((home, Piece(rest)) if rest else (home,), given.breaks)
    changed = convert(job, literal, role)
    if changed == literal:
        return given
    return Word((Piece(changed, quoted=given.quoted),), given.breaks)


def _piece(job: Job, piece: Piece, convert: Callable[[Job, str, str], str], role: str) -> Piece:
    if piece.variable:
        return replace(piece, text=_renamed(job, piece.text))
    if role == "argument" and not re.match(r"[\\/]", piece.text):
        return piece
    # Behind a variable a separator goes on with the path that the variable holds.
    text = piece.text
    if job.to_windows:
        text = text.replace("/", "\\")
    elif job.to_posix:
        text = text.replace("\\", "/")
    return replace(piece, text=text)


def _renamed(job: Job, name: str) -> str:
    if job.target == "cmd" and name.upper() in job.assigned:
        raise refused(f"using {name} on the line that sets it, which cmd replaces too early,")
    if name == "?":
        return name
    if job.to_windows or (job.source, job.target) == ("powershell", "cmd"):
        own = job.target == "powershell" and name in ("HOME", "PWD")
        return name if own else _RENAMED.get(name, name)
    if job.to_posix:
        if name.upper() in _WINDOWS_ONLY:
            raise refused(f"the variable {name}, which only Windows sets,")
        if name.upper() in ("TEMP", "TMP"):
            job.note("TMPDIR is not set everywhere; without it the folder is /tmp")
        return _RENAMED_BACK.get(name.upper(), name)
    if (job.source, job.target) == ("cmd", "powershell") and name.upper() in ("CD", "USERPROFILE"):
        return "PWD" if name.upper() == "CD" else "USERPROFILE"
    return name


def _windows_text(job: Job, text: str, role: str) -> str:
    if _ABSOLUTE_POSIX.match(text) or (role in ("path", "program") and text.startswith("/")):
        return paths.translate(text, job.source_style, job.target_style, job.mounts).text
    if role == "argument" or "/" not in text:
        return text
    if "\\" in text or ":" in text:
        raise refused(f"the name {text!r}, which Windows cannot give to a file,")
    return text.replace("/", "\\")


def _posix_text(job: Job, text: str, role: str) -> str:
    if text.upper() == "NUL" and role == "path":
        return "/dev/null"
    if _DRIVE.match(text):
        return paths.translate(text, job.source_style, job.target_style, job.mounts).text
    if role == "argument" and not (_WINDOWS_PATH.match(text) and "\\" in text):
        return text
    return text.replace("\\", "/")


def _same_text(job: Job, text: str, role: str) -> str:
    if _ABSOLUTE_POSIX.match(text) or _DRIVE.match(text):
        return paths.translate(text, job.source_style, job.target_style, job.mounts).text
    return text


def _path_list(job: Job, value: Word) -> Word:
    """A list of folders with the target's separator between them."""
    before, after = (":" if job.source == "sh" else ";"), (":" if job.target == "sh" else ";")
    entries: list[list[Piece]] = [[]]
    for piece in value.pieces:
        parts = [piece.text] if piece.variable else piece.text.split(before)
        for at, part in enumerate(parts):
            if at:
                entries.append([])
            if part or piece.variable:
                entries[-1].append(replace(piece, text=part))
    found: list[Piece] = []
    for at, entry in enumerate(entries):
        if at:
            found.append(Piece(after, quoted=value.quoted))
        found += _translated(job, Word(tuple(entry)), "path").pieces if entry else ()
    return Word(tuple(found), value.breaks)
