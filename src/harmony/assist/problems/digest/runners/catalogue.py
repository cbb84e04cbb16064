"""All runners, in the order in which they are asked."""

from __future__ import annotations

from harmony.assist.problems.digest.runners import (
    dotnet,
    go,
    javascript,
    jest,
    junit,
    jvm,
    languages,
    mocha,
    mozilla,
    native,
    php,
    pytest,
    ruby,
    rust,
    shells,
    tap,
    unittest,
)
from harmony.assist.problems.digest.runners.runner import Runner

RUNNERS: tuple[Runner, ...] = (
    *pytest.RUNNERS,
    *unittest.RUNNERS,
    *jest.RUNNERS,
    *mocha.RUNNERS,
    *tap.RUNNERS,
    *javascript.RUNNERS,
    *junit.RUNNERS,
    *jvm.RUNNERS,
    *go.RUNNERS,
    *rust.RUNNERS,
    *native.RUNNERS,
    *ruby.RUNNERS,
    *php.RUNNERS,
    *shells.RUNNERS,
    *dotnet.RUNNERS,
    *languages.RUNNERS,
    *mozilla.RUNNERS,
)
