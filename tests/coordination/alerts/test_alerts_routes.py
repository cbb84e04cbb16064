"""Alerts over HTTP: the printed call, what is beyond it, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from tests.coordination.alerts.cortex import Cortex
from tests.coordination.printed import HEARTBEAT, SHERLOCK_HUB, field_of

from harmony.coordination.metrics import jobs as metrics_jobs

PRINTED = {
    "alert_name": "high-error-rate",
    "condition": "errors_per_minute > 5",
    "components": ["sherlock-hub", "echo-git-sync"],
    "notification_channels": ["email", "slack"],
}


async def test_the_printed_call_is_accepted_with_warnings_and_fires_on_printed_beats(
    http: httpx.AsyncClient, cortex: Cortex
) -> None:
    answer = await http.post("/alerts/configure", json=PRINTED)
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "configured" and body["alert_name"] == "high-error-rate"
    assert [warning.split()[2] for warning in body["warnings"]] == ["email", "slack"]
    await cortex.channel()
    await http.post("/register", json=SHERLOCK_HUB)
    await cortex.look()
    for errors in (0, 3, 9):
        metrics = {**HEARTBEAT["metrics"], "errors": errors}  # type: ignore[dict-item]  # a print of mixed types
        cortex.intake.take("sherlock-hub-001", metrics, cortex.clock.now())
        await cortex.look(full=False, tick=False)
        cortex.clock.advance(5)
    found = (await http.get("/alerts")).json()["alerts"]
    assert [(one["alert_name"], one["component_id"], one["state"], one["value"]) for one in found] == [
        ("high-error-rate", "sherlock-hub-001", "firing", 9)
    ]
    assert await cortex.settle() == ["high-error-rate: 1 firing"]


async def test_a_configured_alert_is_listed_changed_and_removed(http: httpx.AsyncClient) -> None:
    more = {
        **PRINTED,
        "for": "5m",
        "keep_firing_for": 30,
        "severity": "critical",
        "mute_times": [{"days": ["sat", "sun"], "begins": "22:00", "ends": "06:00", "zone": "Europe/Berlin"}],
    }
    await http.post("/alerts/configure", json=PRINTED)
    changed = (await http.post("/alerts/configure", json=more)).json()["alert"]
    assert changed["version"] == 2 and changed["for"] == 300 and changed["mute_times"][0]["zone"] == "Europe/Berlin"
    listed = (await http.get("/alerts/rules")).json()["alerts"]
    assert changed in listed and sum(one["built_in"] for one in listed) == 5
    assert (await http.delete("/alerts/rules/high-error-rate")).status_code == 200
    again = await http.delete("/alerts/rules/high-error-rate")
    assert again.status_code == 404 and again.json()["code"] == "alerts.unknown"


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"alert_name": "../x"}, "alert_name"),
    ({"alert_name": "a" * 65}, "alert_name"),
    ({"condition": 5}, "condition"),
    ({"condition": "a" * 501}, "condition"),
    ({"condition": "errors_per_minute >"}, "condition"),
    ({"condition": "__import__('os').system('x')"}, "condition"),
    ({"components": ["Sherlock Hub"]}, "components.0"),
    ({"components": ["a"] * 51}, "components"),
    ({"notification_channels": ["https://x"]}, "notification_channels.0"),
    ({"for": "soon"}, "for"),
    ({"for": -1}, "for"),
    ({"for": "99d"}, "for"),
    ({"keep_firing_for": "NaN"}, "keep_firing_for"),
    ({"repeat": 1}, "repeat"),
    ({"labels": {"severity": "x"}}, "labels.severity.[key]"),
    ({"mute_times": [{"days": ["mon"], "begins": "01:00", "ends": "x", "zone": "UTC"}]}, "mute_times.0.ends"),
    (
        {"mute_times": [{"days": ["mon"], "begins": "01:00", "ends": "02:00", "zone": "../etc/passwd"}]},
        "mute_times.0.zone",
    ),
    ({"mute_times": [{"days": [], "begins": "01:00", "ends": "02:00"}]}, "mute_times.0.days"),
    ({"summary": "{nothing}"}, "summary"),
    ({"severity": "terrible"}, "severity"),
    ({"unknown": 1}, "unknown"),
]


async def test_an_unfit_alert_is_refused_by_the_name_of_its_field(http: httpx.AsyncClient) -> None:
    for change, field in UNFIT:
        assert field_of(await http.post("/alerts/configure", json={**PRINTED, **change})) == field, change
    assert len((await http.get("/alerts/rules")).json()["alerts"]) == 5


async def test_a_condition_that_does_not_parse_is_answered_with_its_column(http: httpx.AsyncClient) -> None:
    answer = await http.post("/alerts/configure", json={**PRINTED, "condition": "errors_per_minute >> 5"})
    problem = answer.json()
    assert problem["code"] == "alerts.condition_unfit" and problem["details"]["column"] == 20
    assert problem["message"].startswith("column 20:")


async def test_a_built_in_alert_keeps_its_condition_and_takes_channels(http: httpx.AsyncClient) -> None:
    fixed = await http.post("/alerts/configure", json={"alert_name": "queue-dead-letters", "condition": "true"})
    assert fixed.status_code == 409 and fixed.json()["code"] == "alerts.built_in_fixed"
    taken = {"alert_name": "component-offline", "notification_channels": ["slack"], "for": "1m"}
    answer = (await http.post("/alerts/configure", json=taken)).json()
    assert answer["alert"]["built_in"] and answer["alert"]["for"] == 60
    assert (await http.delete("/alerts/rules/component-offline")).status_code == 409
    missing = await http.post("/alerts/configure", json={"alert_name": "mine"})
    assert field_of(missing) == "condition"


async def test_a_silence_is_made_listed_and_ended(http: httpx.AsyncClient) -> None:
    asked = {"matchers": {"alert_name": "high-error-rate"}, "duration": "1h", "reason": "a move of the servers"}
    made = await http.post("/alerts/silences", json=asked)
    assert made.status_code == 201
    listed = (await http.get("/alerts/silences")).json()["silences"]
    assert listed == [made.json()]
    path = f"/alerts/silences/{made.json()['silence_id']}"
    assert (await http.delete(path)).status_code == 200
    assert (await http.get("/alerts/silences")).json()["silences"] == []
    assert (await http.delete(path)).status_code == 404
    for change in (
        {"duration": "31d"},
        {"duration": None},
        {"matchers": {}},
        {"duration": None, "ends_at": "2020-01-01"},
    ):
        assert (await http.post("/alerts/silences", json={**asked, **change})).status_code == 422


async def test_a_dry_run_tells_what_would_have_fired(http: httpx.AsyncClient, cortex: Cortex) -> None:
    begun = cortex.clock.now()
    for number in range(60):
        cortex.intake.take("sherlock-hub-001", {"errors": max(0, min(number, 30) - 20) * 2}, cortex.clock.now())
        cortex.clock.advance(5)
    await metrics_jobs.write(cortex.database, cortex.intake)
    body = {"alert": {**PRINTED, "for": "10s"}, "start": begun.isoformat()}
    answer = await http.post("/alerts/dry-run", json=body)
    found = answer.json()
    assert answer.status_code == 200 and found["samples"] == 60 and not found["truncated"]
    assert [one["state"] for one in found["alerts"]] == ["resolved"]
    first = begun + timedelta(seconds=115)
    assert found["alerts"][0]["since"] == first.isoformat().replace("+00:00", "Z")
    assert (await http.get("/alerts")).json()["alerts"] == [], "nothing was raised"
    assert field_of(await http.post("/alerts/dry-run", json={**body, "start": "2020-01-01"})) == "start"
    assert field_of(await http.post("/alerts/dry-run", json={**body, "step_seconds": 0})) == "step_seconds"


async def test_channels_are_for_the_operator_and_never_show_their_secrets(
    http: httpx.AsyncClient, as_operator: Mapping[str, str]
) -> None:
    slack = {"kind": "slack", "url": "https://hooks.slack.example/services/T0/B0/verysecret"}
    assert (await http.put("/channels/slack", json=slack)).status_code == 401
    email = {
        "kind": "email",
        "host": "mail.example",
        "username": "harmony",
        "password": "verysecret",
        "sender": "harmony@example.org",
        "to": ["ada@example.org"],
    }
    for name, body in (("slack", slack), ("email", email)):
        answer = await http.put(f"/channels/{name}", json=body, headers=as_operator)
        assert answer.json() == {"status": "configured", "name": name}
    answer = await http.get("/channels", headers=as_operator)
    assert "verysecret" not in answer.text
    shown = {one["name"]: one["settings"] for one in answer.json()["channels"]}
    assert shown["slack"] == {"host": "hooks.slack.example"} and shown["email"]["to"] == ["ada@example.org"]
    assert (await http.post("/alerts/configure", json=PRINTED)).json()["warnings"] == []
    assert (await http.delete("/channels/slack", headers=as_operator)).status_code == 200
    assert (await http.delete("/channels/slack", headers=as_operator)).status_code == 404
    for change in ({"to": ["a@b\nBcc: x@y"]}, {"sender": "x"}, {"port": 0}, {"security": "off"}, {"kind": "pager"}):
        refused = await http.put("/channels/email", json={**email, **change}, headers=as_operator)
        assert refused.status_code == 422 and "verysecret" not in refused.text
