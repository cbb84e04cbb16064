"""Commands between cmd, PowerShell and sh: the usual small things exactly, everything else refused."""

from __future__ import annotations

import shlex
import subprocess
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.environments.errors import SystemUnknown, Untranslatable
from harmony.assist.environments.model import COMMAND_LIMIT_CHARS, Mount, Shell, Style
from harmony.assist.environments.service.translate import translate as by_name
from harmony.assist.environments.shells import posix
from harmony.assist.environments.shells.line import Piece, Word
from harmony.assist.environments.shells.translation import translate

STYLE: dict[Shell, Style] = {"sh": "linux", "cmd": "windows", "powershell": "windows"}

FROM_SH = [
    ("export A=b", "set A=b", "$env:A = 'b'"),
    ("unset A", "set A=", "Remove-Item Env:A"),
    ("A='b c' && app", 'set "A=b c" && app', "$env:A = 'b c' && app"),
    ("NODE_ENV=production npm run build", 'set "NODE_ENV=production" && npm run build',
     "$env:NODE_ENV = 'production'; npm run build"),
    ('export PATH="$HOME/bin:$PATH"', r"set PATH=%USERPROFILE%\bin;%PATH%", r'$env:PATH = "$HOME\bin;${env:PATH}"'),
    ("export PYTHONPATH=src:lib/x", r"set PYTHONPATH=src;lib\x", r"$env:PYTHONPATH = 'src;lib\x'"),
    ("cp a/b.txt c/", "copy /Y a\\b.txt c\\", "Copy-Item a\\b.txt c\\"),
    ("cp -r src dst", "xcopy /E /I /Y src dst", "Copy-Item -Recurse src dst"),
    ("mv 'my file' other", 'move /Y "my file" other', "Move-Item -Force 'my file' other"),
    ("rm -rf build dist", "rmdir /S /Q build dist", "Remove-Item -Recurse -Force build, dist"),
    ("rm ~/x.txt", r'del "%USERPROFILE%\x.txt"', r'Remove-Item "$HOME\x.txt"'),
    ("ls -la", "dir /A", "Get-ChildItem -Force"),
    ("mkdir -p a/b && cd a/b", r"mkdir a\b && cd /D a\b",
     r"New-Item -ItemType Directory -Force a\b && Set-Location a\b"),
    ("cat a.txt > b.txt 2>&1", "type a.txt > b.txt 2>&1", "Get-Content a.txt > b.txt 2>&1"),
    ("app > /dev/null", "app > NUL", "app > $null"),
    ("echo \"hi $USER\"", "echo hi %USERNAME%", 'Write-Output "hi ${env:USERNAME}"'),
    ("echo 'a & b'", "echo a ^& b", "Write-Output 'a & b'"),
    ("source .venv/bin/activate", r".venv\Scripts\activate.bat", r".venv\Scripts\Activate.ps1"),
    ("docker run \\\n  -v a:/b \\\n  img", "docker run ^\n  -v a:/b ^\n  img", "docker run `\n  -v a:/b `\n  img"),
    ("which git # where is it", "where git & rem where is it", "Get-Command git # where is it"),
    ("./build/tool --out x/y", r".\build\tool --out x/y", r".\build\tool --out x/y"),
    ("kill -9 42; sleep 5", "taskkill /F /PID 42 & timeout /T 5 /NOBREAK",
     "Stop-Process -Force -Id 42; Start-Sleep -Seconds 5"),
    ("git commit -m \"it's\"", "git commit -m it's", "git commit -m 'it''s'"),
]  # fmt: skip

TO_SH: list[tuple[Shell, str, str]] = [
    ("cmd", "set A=b c", "export A='b c'"),
    ("cmd", 'set "A=b c" && app %A%', "export A='b c' && app $A"),
    ("cmd", "set A=", "unset A"),
    ("cmd", r"set PATH=%PATH%;bin\x;%USERPROFILE%\bin", 'export PATH="${PATH}:bin/x:${HOME}/bin"'),
    ("cmd", r"copy /y a\b.txt c", "cp a/b.txt c"),
    ("cmd", r"rmdir /s /q build & rem gone", "rm -rf build # gone"),
    ("cmd", r"type a\b.txt | sort2", "cat a/b.txt | sort2"),
    ("cmd", r"python src\main.py --out build\x.txt", "python src/main.py --out build/x.txt"),
    ("cmd", r".venv\Scripts\activate", ". .venv/bin/activate"),
    ("cmd", "app > nul 2>&1", "app > /dev/null 2>&1"),
    ("cmd", "docker run ^\n  -v a:/b ^\n  img", "docker run \\\n  -v a:/b \\\n  img"),
    ("cmd", "@echo off", "# echo off"),
    ("powershell", "$env:A = 'b'; app $env:A", "export A=b; app $A"),
    ("powershell", "$env:PATH += ';bin\\x'", 'export PATH="${PATH}:bin/x"'),
    ("powershell", "Remove-Item -Recurse -Force build, dist", "rm -rf build dist"),
    ("powershell", "New-Item -ItemType Directory -Path a\\b", "mkdir -p a/b"),
    ("powershell", "Copy-Item -Path a\\x -Destination b", "cp a/x b"),
    ("powershell", "& '.\\my app' a `\n  b", "'./my app' a \\\n  b"),
    ("powershell", 'Write-Output "hi $env:USERNAME"', 'echo "hi ${USER}"'),
]  # fmt: skip

REFUSED: list[tuple[Shell, Shell, str]] = [
    ("sh", "cmd", "for i in a b; do echo $i; done"),
    ("sh", "cmd", "echo $(date)"),
    ("sh", "cmd", "echo `date`"),
    ("sh", "cmd", "echo ${A:-b}"),
    ("sh", "cmd", "server &"),
    ("sh", "cmd", "cat a | grep b"),
    ("sh", "cmd", "chmod +x a"),
    ("sh", "cmd", "cp -p a b"),
    ("sh", "cmd", "cp a b c d"),
    ("sh", "cmd", "A=1; echo $A"),
    ("sh", "cmd", "cat /etc/hosts"),
    ("sh", "cmd", "app 'a\"b&c'"),
    ("sh", "cmd", "app %PATH%"),
    ("sh", "cmd", "cat <<END"),
    ("sh", "cmd", "app 'unfinished"),
    ("sh", "cmd", "app &&"),
    ("sh", "cmd", "&& app"),
    ("sh", "cmd", "app >"),
    ("sh", "powershell", "app < a"),
    ("sh", "powershell", "touch a"),
    ("cmd", "sh", "if exist a del a"),
    ("cmd", "sh", "for %i in (a) do app"),
    ("cmd", "sh", "echo %~dp0"),
    ("cmd", "sh", "set /p A=name"),
    ("cmd", "sh", r"type C:\windows\win.ini"),
    ("cmd", "sh", "app %APPDATA%"),
    ("cmd", "sh", "findstr a b"),
    ("powershell", "sh", "$x = 5"),
    ("powershell", "sh", "Get-ChildItem | Where-Object { $_.Length }"),
    ("powershell", "sh", "Invoke-WebRequest x"),
    ("powershell", "sh", "app @args"),
]  # fmt: skip

ARGUMENTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, blacklist_characters="\x7f"), max_size=20)


def said(text: str, source: Shell, target: Shell) -> str:
    return translate(text, source, target, STYLE[source], STYLE[target]).text


@pytest.mark.parametrize(("text", "in_cmd", "in_powershell"), FROM_SH)
def test_sh_is_said_in_both_shells_of_windows(text: str, in_cmd: str, in_powershell: str) -> None:
    assert said(text, "sh", "cmd") == in_cmd
    assert said(text, "sh", "powershell") == in_powershell


@pytest.mark.parametrize(("source", "text", "expected"), TO_SH)
def test_the_shells_of_windows_are_said_in_sh(source: Shell, text: str, expected: str) -> None:
    assert said(text, source, "sh") == expected


def test_the_shells_of_windows_understand_one_another() -> None:
    assert said(r"set PATH=%PATH%;C:\x && dir", "cmd", "powershell") == (
        r'$env:PATH = "${env:PATH};C:\x" && Get-ChildItem'
    )
    assert said(r"Copy-Item C:\a D:\b", "powershell", "cmd") == r"copy /Y C:\a D:\b"


@pytest.mark.parametrize(("source", "target", "text"), REFUSED)
def test_what_has_no_counterpart_is_refused_by_name(source: Shell, target: Shell, text: str) -> None:
    with pytest.raises(Untranslatable) as refusal:
        said(text, source, target)
    assert len(refusal.value.message) > len("cannot be translated")


def test_a_script_is_translated_line_by_line_and_a_refusal_names_its_line() -> None:
    assert said("# begin\nmkdir -p a\n\ncd a\n", "sh", "cmd") == "rem begin\nmkdir a\n\ncd /D a"
    with pytest.raises(Untranslatable, match="line 3") as refusal:
        said("mkdir a\ncd a\nsudo reboot", "sh", "cmd")
    assert refusal.value.details == {"line": 3}


def test_notes_say_what_behaves_differently() -> None:
    assert "PowerShell 7" in translate("a && b", "sh", "powershell", "linux", "windows").notes[0]
    assert "stays set" in translate("A=b app", "sh", "cmd", "linux", "windows").notes[0]
    assert "script itself" in translate("./run.sh", "sh", "cmd", "linux", "windows").notes[0]
    assert "TMPDIR" in translate("del %TEMP%\\x", "cmd", "sh", "windows", "linux").notes[0]


def test_paths_in_commands_follow_the_machine_and_its_mounts() -> None:
    assert by_name(r"python C:\x\y.py", "cmd", "wsl", "command").text == "python /mnt/c/x/y.py"
    mounts = (Mount(r"C:\src", "/app"),)
    assert by_name(r"python C:\src\y.py", "windows", "container", "command", mounts).text == "python /app/y.py"


def test_systems_are_known_by_name_and_others_are_refused_with_the_list() -> None:
    assert by_name("a/b", "Linux", "pwsh", "path").text == r"a\b"
    with pytest.raises(SystemUnknown) as refusal:
        by_name("a", "amiga", "linux", "path")
    assert (refusal.value.field, "linux" in str(refusal.value.details)) == ("from", True)


def test_the_limit_of_a_command_is_met_at_its_edge() -> None:
    assert said("a" * COMMAND_LIMIT_CHARS, "sh", "cmd") == "a" * COMMAND_LIMIT_CHARS
    with pytest.raises(Untranslatable):
        said("a" * (COMMAND_LIMIT_CHARS + 1), "sh", "cmd")


@given(st.lists(ARGUMENTS, min_size=1, max_size=4))
def test_a_quoted_word_of_sh_is_read_back_by_a_real_grammar(arguments: list[str]) -> None:
    written = " ".join(posix.write_word(Word((Piece(argument, quoted=True),))) for argument in arguments)
    assert shlex.split(written) == arguments


@given(st.lists(ARGUMENTS, min_size=1, max_size=4))
def test_arguments_come_back_from_powershell_as_they_were(arguments: list[str]) -> None:
    written = "app " + " ".join(posix.write_word(Word((Piece(argument, quoted=True),))) for argument in arguments)
    try:
        there = said(written, "sh", "powershell")
        back = said(there, "powershell", "sh")
    except Untranslatable:
        return
    changed = [argument.replace("\\", "/") for argument in arguments]
    assert [word.replace("\\", "/") for word in shlex.split(back)[1:]] == changed


@given(st.text(max_size=80), st.sampled_from(["sh", "cmd", "powershell"]), st.sampled_from(["sh", "cmd", "powershell"]))
def test_any_text_is_translated_or_refused(text: str, source: Shell, target: Shell) -> None:
    with suppress(Untranslatable):
        assert isinstance(said(text, source, target), str)


def test_a_translated_script_runs() -> None:
    script = said('set "A=b c"\nmkdir one\\two & cd one\\two\necho %A% > x.txt\ntype x.txt', "cmd", "sh")
    done = subprocess.run(
        ["sh", "-ec", f'cd "$(mktemp -d)"\n{script}'], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout == "b c\n"


def test_a_path_that_cannot_be_read_is_refused_with_its_line() -> None:
    with pytest.raises(Untranslatable) as refusal:
        said("ls\ncat '/a\x1b'", "sh", "cmd")
    assert refusal.value.details == {"line": 2}
