"""The small commands that every shell has under another name, as data.

A spelling is a name with its options; the first of a shell is the one written, the others are understood as well.
``*`` says where the operands stand when it is not the end. A shell without a spelling has no counterpart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harmony.assist.environments.model import Shell
from harmony.assist.environments.shells.line import Piece, Step, Word, refused, variable


@dataclass(frozen=True, slots=True)
class Verb:
    """``most`` operands can be translated; ``listed`` when PowerShell takes them with commas."""

    name: str
    sh: tuple[str, ...]
    cmd: tuple[str, ...]
    powershell: tuple[str, ...]
    least: int = 1
    most: int = 2
    listed: bool = False
    paths: bool = True

    def spellings(self, shell: Shell) -> tuple[str, ...]:
        return {"sh": self.sh, "cmd": self.cmd, "powershell": self.powershell}[shell]


@dataclass(frozen=True, slots=True)
class Use:
    """A verb with what it works on."""

    verb: Verb
    operands: tuple[Word, ...]


MANY = 50

VERBS: tuple[Verb, ...] = (
    Verb("copy", ("cp", "cp -f"), ("copy /Y", "copy"), ("Copy-Item", "Copy-Item -Force"), least=2),
    Verb("copy-tree", ("cp -r", "cp -R", "cp -rf", "cp -Rf"),
         ("xcopy /E /I /Y", "xcopy /E /I", "xcopy /E", "xcopy /S /E", "xcopy /S /E /I", "xcopy /S /E /Y"),
         ("Copy-Item -Recurse", "Copy-Item -Recurse -Force"), least=2),
    Verb("move", ("mv", "mv -f"), ("move /Y", "move", "ren", "rename"),
         ("Move-Item -Force", "Move-Item", "Rename-Item"), least=2),
    Verb("delete", ("rm",), ("del", "erase"), ("Remove-Item",), most=MANY, listed=True),
    Verb("delete-force", ("rm -f",), ("del /F /Q", "del /F", "del /Q"), ("Remove-Item -Force",),
         most=MANY, listed=True),
    Verb("delete-tree", ("rm -rf", "rm -r", "rm -R", "rm -Rf"),
         ("rmdir /S /Q", "rmdir /S", "rd /S /Q", "rd /S"),
         ("Remove-Item -Recurse -Force", "Remove-Item -Recurse"), most=MANY, listed=True),
    Verb("list", ("ls", "ls -1"), ("dir", "dir /B"), ("Get-ChildItem",), least=0, most=MANY, listed=True),
    Verb("list-all", ("ls -la", "ls -a", "ls -l", "ls -lah", "ls -lh", "ls -A"), ("dir /A",),
         ("Get-ChildItem -Force",), least=0, most=MANY, listed=True),
    Verb("list-tree", ("ls -R",), ("dir /S",), ("Get-ChildItem -Recurse",), least=0, most=MANY, listed=True),
    Verb("show", ("cat",), ("type",), ("Get-Content",), most=MANY, listed=True),
    Verb("make-folder", ("mkdir -p", "mkdir"), ("mkdir", "md"),
         ("New-Item -ItemType Directory -Force", "New-Item -ItemType Directory", "mkdir"), most=MANY, listed=True),
    Verb("remove-folder", ("rmdir",), ("rmdir", "rd"), (), most=MANY),
    Verb("where-am-i", ("pwd",), ("cd",), ("Get-Location",), least=0, most=0),
    Verb("go", ("cd",), ("cd /D", "cd", "chdir"), ("Set-Location",), most=1),
    Verb("say", ("echo",), ("echo",), ("Write-Output", "Write-Host"), least=0, most=MANY, paths=False),
    Verb("clear", ("clear",), ("cls",), ("Clear-Host",), least=0, most=0),
    Verb("find-program", ("which", "command -v"), ("where",), ("Get-Command",), most=1, paths=False),
    Verb("make-empty-file", ("touch",), ("type nul >> *",), (), most=1),
    Verb("show-environment", ("env", "printenv"), ("set",), ("Get-ChildItem Env:",), least=0, most=0),
    Verb("list-processes", ("ps", "ps -e", "ps aux"), ("tasklist",), ("Get-Process",), least=0, most=0),
    Verb("end-process", ("kill",), ("taskkill /PID",), ("Stop-Process -Id",), most=1, paths=False),
    Verb("kill-process", ("kill -9",), ("taskkill /F /PID",), ("Stop-Process -Force -Id",), most=1, paths=False),
    Verb("wait", ("sleep",), ("timeout /T * /NOBREAK", "timeout /T"), ("Start-Sleep -Seconds", "Start-Sleep"),
         most=1, paths=False),
)  # fmt: skip

ALIASES = {
    "cp": "copy-item", "copy": "copy-item", "cpi": "copy-item", "mv": "move-item", "move": "move-item",
    "ren": "rename-item", "rm": "remove-item", "del": "remove-item", "rmdir": "remove-item", "rd": "remove-item",
    "ri": "remove-item", "erase": "remove-item", "ls": "get-childitem", "dir": "get-childitem",
    "gci": "get-childitem", "cat": "get-content", "type": "get-content", "gc": "get-content", "pwd": "get-location",
    "gl": "get-location", "cd": "set-location", "sl": "set-location", "chdir": "set-location", "echo": "write-output",
    "cls": "clear-host", "clear": "clear-host", "gcm": "get-command", "ps": "get-process", "gps": "get-process",
    "kill": "stop-process", "spps": "stop-process", "sleep": "start-sleep", "md": "mkdir", "ni": "new-item",
}  # fmt: skip
"""PowerShell's other names of its own commands."""

ONLY_HERE: dict[Shell, frozenset[str]] = {
    "sh": frozenset(
        "alias awk basename bg chgrp chmod chown crontab cut dd df diff dirname du expr false fg file find free grep "
        "groups head jobs kill killall ln lsof man nohup patch pgrep pkill printf ps read readlink rsync sed seq sort "
        "source stat sudo su tail tee test top tr trap true ulimit umask uname uniq wait wc xargs yes [ [[ .".split()
    ),
    "cmd": frozenset(
        "assoc attrib cacls chkdsk choice comp doskey exit find findstr ftype icacls label mklink more net pause "
        "popd prompt pushd reg robocopy sc schtasks setx sort subst title tree ver vol wmic xcopy".split()
    ),
    "powershell": frozenset(("exit",)),
}
"""Programs and built-ins without a counterpart that behaves alike."""

_CMDLET = re.compile(r"[A-Za-z]{2,20}-[A-Za-z]\w{1,40}\Z")
_SWITCH = re.compile(r"/[A-Za-z?]{1,7}\Z")
_NAMED_OPERANDS = frozenset({"-path", "-literalpath", "-destination", "-name", "-inputobject", "-object", "-newname"})
_VALUED = frozenset({"-itemtype"})


def understand(step: Step, shell: Shell) -> Use | None:
    """The verb that a command is; None for a program that is called. Refuses a verb with options unknown here."""
    name = step.words[0].plain.lower() if shell != "sh" else step.words[0].plain
    name = ALIASES.get(name, name) if shell == "powershell" else name
    options, operands = _split(step.words[1:], shell)
    known = False
    for verb in VERBS:
        for spelling in verb.spellings(shell):
            spelled, wanted = _spelling(spelling, shell)
            known = known or spelled == name
            if spelled == name and wanted == options and verb.least <= len(operands) <= verb.most:
                return Use(verb, operands)
    if name == "cd" and shell == "sh" and not step.words[1:]:
        return Use(next(verb for verb in VERBS if verb.name == "go"), (variable("HOME"),))
    if known:
        said = " ".join(sorted(options)) or f"{len(operands)} operands"
        raise refused(f"{name} with {said}")
    if name in ONLY_HERE[shell] or (shell == "powershell" and _CMDLET.match(name)):
        raise refused(f"{name}, which has no counterpart that behaves alike,")
    return None


def written(use: Use, shell: Shell) -> tuple[str, str]:
    """What stands before and after the operands."""
    spellings = use.verb.spellings(shell)
    if not spellings:
        raise refused(f"{use.verb.name.replace('-', ' ')}, for which this shell has no single command,")
    before, _, after = spellings[0].partition("*")
    return before.strip(), after.strip()


def _spelling(spelling: str, shell: Shell) -> tuple[str, frozenset[str]]:
    words = tuple(Word((Piece(text),)) for text in spelling.split() if text != "*")
    options, rest = _split(words[1:], shell)
    extra = {word.plain.lower() for word in rest}
    return (words[0].plain if shell == "sh" else words[0].plain.lower()), options | extra


def _split(words: tuple[Word, ...], shell: Shell) -> tuple[frozenset[str], tuple[Word, ...]]:
    """Options, in one spelling, and operands."""
    options: set[str] = set()
    operands: list[Word] = []
    pending = ""
    for at, word in enumerate(words):
        text = word.plain
        if pending:
            options.add(f"{pending} {text.lower()}")
            pending = ""
        elif shell == "sh" and text == "--":
            operands += words[at + 1 :]
            break
        elif shell == "sh" and len(text) > 1 and text[0] == "-":
            options |= {text} if text.startswith("--") else set(text[1:])
        elif shell == "cmd" and _SWITCH.match(text):
            options.add(text.lower())
        elif shell == "powershell" and len(text) > 1 and text[0] == "-":
            if text.lower() in _VALUED:
                pending = text.lower()
            elif text.lower() not in _NAMED_OPERANDS:
                options.add(text.lower())
        elif shell == "powershell":
            operands += _by_commas(word)
        else:
            operands.append(word)
    return frozenset(options), tuple(operands)


def _by_commas(word: Word) -> list[Word]:
    if "," not in word.plain:
        last = word.pieces[-1] if word.pieces else None
        if last and not last.quoted and not last.variable and last.text == ",":
            return [Word(word.pieces[:-1], word.breaks)]
        return [word]
    return [Word((Piece(part),), word.breaks) for part in word.plain.split(",") if part]
