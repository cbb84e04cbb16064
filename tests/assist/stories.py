"""Steps of the story, told over HTTP; each returns what the next one needs."""

from __future__ import annotations

from typing import Any

from tests.assist.conftest import Live

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}

LOG = """starting import of the morning's figures
Traceback (most recent call last):
  File "/srv/figures/load.py", line 31, in <module>
    main()
  File "/srv/figures/load.py", line 27, in main
    rows = read_rows("C:\\\\figures\\\\morning.csv")
  File "/srv/figures/load.py", line 12, in read_rows
    with open(path) as handle:
FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\figures\\\\morning.csv'
"""


async def json_of(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def report(live: Live, who: str = "wanda", **changes: Any) -> Any:
    body = {
        "activityData": {"environmentContext": {"os": "Linux", "previousEnvironment": "Windows"}},
        "log": LOG,
        "command": "python load.py",
        "exitCode": 1,
        **changes,
    }
    return await json_of(await live[who].post("/v1/detect-problem", json=body, headers=TRACEPARENT), 200)


async def register(live: Live, who: str, *skills: tuple[str, str, int], **changes: Any) -> str:
    body = {
        "expertise": [{"skill": name, "level": level, "yearsExperience": years} for name, level, years in skills],
        **changes,
    }
    found = await json_of(await live[who].post("/v1/experts", json=body), 201)
    return str(found["expertId"])


async def skilled_pair(live: Live) -> tuple[str, str]:
    """Ada, who knows the matter, and Bruno, who knows another."""
    ada = await register(
        live,
        "ada",
        ("Cross-platform development", "Expert", 9),
        ("Python", "Expert", 8),
        ("File handling", "Advanced", 6),
    )
    bruno = await register(live, "bruno", ("Python", "Beginner", 1), ("React", "Expert", 7))
    return ada, bruno


async def ask(live: Live, context_id: str, **changes: Any) -> Any:
    body = {"contextId": context_id, **changes}
    return await json_of(await live["wanda"].post("/v1/requests", json=body, headers=TRACEPARENT), 201)


async def make_offer(live: Live, request_id: str, expert_id: str) -> Any:
    answer = await live["wanda"].post(
        f"/v1/requests/{request_id}/offers", json={"expertId": expert_id}, headers=TRACEPARENT
    )
    return await json_of(answer, 201)


async def open_session(live: Live, **report_changes: Any) -> Any:
    """Report, ask, offer to Ada, who accepts: the session."""
    ada, _ = await skilled_pair(live)
    context = await report(live, **report_changes)
    request = await ask(live, context["contextId"])
    offer = await make_offer(live, request["requestId"], ada)
    return await json_of(await live["ada"].post(f"/v1/offers/{offer['offerId']}/accept", headers=TRACEPARENT), 200)


async def resolved_session(live: Live, rating: int = 5, **report_changes: Any) -> Any:
    session = await open_session(live, **report_changes)
    answer = await live["wanda"].post(f"/v1/sessions/{session['sessionId']}/resolve", json={"rating": rating})
    return await json_of(answer, 200)
