"""What system is this: from names, from what systems print about themselves, from logs."""

from __future__ import annotations

import pytest

from harmony.assist.environments.detection import detect, named
from harmony.assist.environments.model import Facts

NAMES = [
    ("Windows 10", "windows", "", "10"),
    ("Windows Server 2022", "windows", "", "2022"),
    ("win32", "windows", "", ""),
    ("Ubuntu 22.04", "linux", "ubuntu", "22.04"),
    ("Debian GNU/Linux 12", "linux", "debian", "12"),
    ("Red Hat Enterprise Linux 9", "linux", "rhel", ""),
    ("Alpine 3.19", "linux", "alpine", "3.19"),
    ("Linux", "linux", "", ""),
    ("macOS 14", "macos", "", "14"),
    ("Darwin", "macos", "", ""),
    ("FreeBSD 14", "bsd", "", ""),
    ("something else", "", "", ""),
]


@pytest.mark.parametrize(("name", "system", "distribution", "version"), NAMES)
def test_a_system_is_known_by_name(name: str, system: str, distribution: str, version: str) -> None:
    found = named(name)
    assert (found.system, found.distribution, found.version) == (system, distribution, version)
    assert bool(found.evidence) == bool(system)


def test_what_uname_prints_is_read() -> None:
    linux = detect(Facts(uname="Linux kiln 6.5.0-41-generic #41-Ubuntu SMP x86_64 GNU/Linux"))
    assert (linux.system, linux.family, linux.architecture, linux.wsl) == ("linux", "posix", "x86_64", False)
    wsl = detect(Facts(uname="Linux kiln 5.15.153.1-microsoft-standard-WSL2 #1 SMP x86_64 GNU/Linux"))
    assert (wsl.system, wsl.wsl) == ("linux", True)
    mac = detect(Facts(uname="Darwin kiln.local 23.5.0 Darwin Kernel Version 23.5.0 RELEASE_ARM64_T6000 arm64"))
    assert (mac.system, mac.architecture) == ("macos", "arm64")
    bash = detect(Facts(uname="MINGW64_NT-10.0-22631 kiln 3.4.10.x86_64 2024-02-14 Msys"))
    assert (bash.system, bash.family) == ("windows", "windows")
    windows = detect(Facts(uname="Microsoft Windows [Version 10.0.22631.3737]", shell="C:\\Windows\\System32\\cmd.exe"))
    assert (windows.system, windows.version, windows.shell) == ("windows", "10.0.22631.3737", "cmd")


def test_a_log_gives_its_system_away_with_evidence() -> None:
    log = "collecting\nplatform win32 -- Python 3.12.3, pytest-8.2\nE  PermissionError: [WinError 32] in use\n"
    found = detect(Facts(text=log))
    assert found.system == "windows"
    assert ("system", "platform win32 -- Python 3.12.3, pytest-8.2") in {(c.property, c.text) for c in found.evidence}
    assert detect(Facts(text="open('/Users/ada/x')\n/Users/ada/y")).system == "macos"
    assert detect(Facts(text="nothing that tells")).system == ""


def test_containers_and_build_machines_are_seen() -> None:
    docker = detect(Facts(text="#7 [build 3/5] RUN apt-get install -y curl\n"))
    assert (docker.system, docker.container) == ("linux", "docker")
    image = detect(Facts(image="node:20-bookworm-slim"))
    assert (image.system, image.container) == ("linux", "docker")
    cluster = detect(Facts(variables=("KUBERNETES_SERVICE_HOST", "HOME")))
    assert cluster.container == "kubernetes"
    runner = detect(Facts(image="windows-2022", variables=("GITHUB_ACTIONS",)))
    assert (runner.system, runner.ci, runner.version) == ("windows", "github-actions", "2022")
    assert detect(Facts(text="Running with gitlab-runner 17.0")).ci == "gitlab-ci"


def test_variables_paths_and_shells_speak_for_a_system() -> None:
    assert detect(Facts(variables=("SystemRoot", "PATHEXT"))).system == "windows"
    assert detect(Facts(paths=("C:\\Users\\ada", "D:\\src"))).system == "windows"
    assert detect(Facts(variables=("WSL_DISTRO_NAME",))).wsl
    assert detect(Facts(shell="/usr/bin/zsh")).shell == "zsh"


def test_a_system_s_own_word_outweighs_what_a_log_mentions() -> None:
    found = detect(Facts(os="Ubuntu 22.04", text="open('C:\\Users\\ada\\x')\n'D:\\y' not found [WinError 3]"))
    assert found.system == "linux"
