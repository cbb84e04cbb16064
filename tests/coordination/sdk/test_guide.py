"""The guide's programs run as they are printed."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

from tests.coordination.sdk.conftest import RealWorld

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "guides" / "member.md"


async def test_the_programs_of_the_guide_run_as_printed(real: RealWorld, tmp_path: Path) -> None:
    programs = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(programs) == 2
    said = []
    for number, program in enumerate(programs):
        file = tmp_path / f"program_{number}.py"
        file.write_text(program.replace("port=8000,", f'port=8000, conductor="{real.url}",'), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(file),
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
        output, _ = await process.communicate()
        assert process.returncode == 0
        said.append(output.decode().strip())
    assert said == ["sherlock-hub-001 3", ""]
