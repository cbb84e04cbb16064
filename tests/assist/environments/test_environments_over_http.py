"""Environments over HTTP: getPath as specified, translation, the list of quirks; and quirks beside a problem."""

from __future__ import annotations

from tests.assist.conftest import Live
from tests.assist.stories import json_of, report

from harmony.assist.environments.schemas import MOUNTS_LIMIT_ITEMS
from harmony.assist.environments.service.get_path import COMPONENTS_LIMIT_ITEMS


async def test_get_path_answers_path_normalized_and_platform(live: Live) -> None:
    body = {"components": ["user_home", "projects", "data.csv"], "type": "absolute", "platform": "windows"}
    found = await json_of(await live["wanda"].post("/v1/environments/path", json=body), 200)
    assert found == {
        "path": "%USERPROFILE%\\projects\\data.csv",
        "normalized": "user_home/projects/data.csv",
        "platform": "windows",
    }
    here = await json_of(await live["ada"].post("/v1/environments/path", json={"components": ["a", "b"]}), 200)
    assert here["normalized"] == "a/b"
    many = {"components": ["a"] * COMPONENTS_LIMIT_ITEMS}
    assert (await live["ada"].post("/v1/environments/path", json=many)).status_code == 200
    assert (await live["ada"].post("/v1/environments/path", json={"components": ["a"] * 65})).status_code == 422


async def test_paths_and_commands_are_translated_or_refused_by_name(live: Live) -> None:
    path = {"text": "C:\\src\\x", "from": "windows", "to": "linux", "mounts": [{"source": "C:\\src", "target": "/app"}]}
    assert (await json_of(await live["cora"].post("/v1/environments/translate", json=path), 200))["text"] == "/app/x"
    command = {"text": "rm -rf build", "from": "linux", "to": "powershell", "kind": "command"}
    found = await json_of(await live["cora"].post("/v1/environments/translate", json=command), 200)
    assert found == {"text": "Remove-Item -Recurse -Force build", "notes": []}
    for body, code in (
        ({**path, "mounts": []}, "environments.untranslatable"),
        ({**path, "to": "amiga"}, "environments.system_unknown"),
        ({**path, "text": "C:x"}, "environments.path_unreadable"),
    ):
        refused = await json_of(await live["cora"].post("/v1/environments/translate", json=body), 422)
        assert refused["code"] == code
    mounts = [{"source": f"C:\\{number}", "target": f"/{number}"} for number in range(MOUNTS_LIMIT_ITEMS + 1)]
    for count, status in ((MOUNTS_LIMIT_ITEMS, 200), (MOUNTS_LIMIT_ITEMS + 1, 422)):
        body = {"text": "C:\\1\\x", "from": "windows", "to": "linux", "mounts": mounts[:count]}
        assert (await live["cora"].post("/v1/environments/translate", json=body)).status_code == status


async def test_quirks_are_listed_for_whoever_is_signed_in(live: Live) -> None:
    found = await json_of(await live["wanda"].get("/v1/environments/quirks?system=linux&q=bad+interpreter"), 200)
    assert [item["id"] for item in found["items"]] == ["text.crlf-shebang"]
    everything = await json_of(await live["wanda"].get("/v1/environments/quirks"), 200)
    assert len(everything["items"]) >= 40
    assert (await live["nobody"].get("/v1/environments/quirks")).status_code == 401


async def test_a_problem_names_its_quirks_apart_from_known_solutions(live: Live) -> None:
    found = await report(live)
    assert found["knownSolutions"] == []
    assert found["suggestedAction"] == "expert_assistance"
    quirk = found["knownQuirks"][0]
    assert quirk["source"] == "quirk"
    assert quirk["quirkId"] == "paths.drive-letter"
    assert quirk["remedy"] and quirk["reasons"][0]["text"]
    again = await json_of(await live["wanda"].get(f"/v1/problems/{found['contextId']}"), 200)
    assert again["knownQuirks"] == found["knownQuirks"]


async def test_the_specification_s_report_is_answered_by_its_quirk(live: Live) -> None:
    body = {
        "activityData": {
            "recentErrors": [
                {"errorType": "FileNotFoundError", "message": "No such file or directory: '/home/user/data.csv'"}
            ],
            "environmentContext": {"os": "Linux", "previousEnvironment": "Windows"},
        }
    }
    found = await json_of(await live["wanda"].post("/v1/detect-problem", json=body), 200)
    assert found["knownQuirks"][0]["quirkId"] == "paths.moved-system"
    other = {"log": "KeyError: 'glaze'", "exitCode": 1}
    assert (await json_of(await live["wanda"].post("/v1/detect-problem", json=other), 200))["knownQuirks"] == []
