"""Help: a request, a ranking with reasons, an offer, a session, a shared context, an article."""

from __future__ import annotations

from typing import Any

from harmony.apps.demo.errors import StoryWentWrong
from harmony.apps.demo.stage import Stage

RATING = 5
SHARE_MINUTES = 24 * 60


def request(stage: Stage) -> dict[str, Any]:
    body = {
        "contextId": stage.fact("context_id"),
        "description": "A report that works on Windows fails on Linux.",
        "attemptedSolutions": ["Ran it again", "Checked that the file is there"],
    }
    made = stage.ask("seeker", "POST", "/v1/requests", body, act="request")
    return {"request_id": made["requestId"]}


def rank(stage: Stage) -> dict[str, Any]:
    """The better one first, each with reasons."""
    found = stage.ask("seeker", "GET", f"/v1/requests/{stage.fact('request_id')}/matches")["experts"]
    if [expert["expertId"] for expert in found][:1] != [stage.fact("expert_profile_id")]:
        raise StoryWentWrong("the expert who knows file systems is not ranked first", details={"experts": found})
    return {"ranking": [[expert["name"], expert["matchScore"], expert["reasons"]] for expert in found]}


def offer(stage: Stage) -> dict[str, Any]:
    path = f"/v1/requests/{stage.fact('request_id')}/offers"
    made = stage.ask("seeker", "POST", path, {"expertId": stage.fact("expert_profile_id")}, act="offer")
    return {"offer_id": made["offerId"]}


def accept(stage: Stage) -> dict[str, Any]:
    """The expert finds the notification and accepts; that opens the session."""
    inbox = stage.ask("expert", "GET", "/v1/notifications")["notifications"]
    if not any(item["subject"] == stage.fact("offer_id") for item in inbox):
        raise StoryWentWrong("the expert was not notified of the offer")
    accepted = stage.ask("expert", "POST", f"/v1/offers/{stage.fact('offer_id')}/accept", act="accept offer")
    return {"session_id": accepted["sessionId"]}


def talk(stage: Stage) -> dict[str, Any]:
    session = f"/v1/sessions/{stage.fact('session_id')}/messages"
    said = (
        ("seeker", "It works on my Windows machine, but not on the server."),
        ("expert", "Which system does the server run, and may I see the context?"),
        ("seeker", "Linux. I am sharing it now."),
    )
    ids = [
        stage.ask(who, "POST", session, {"body": text}, act=f"message {number}")["messageId"]
        for number, (who, text) in enumerate(said)
    ]
    return {"message_ids": ids}


def share(stage: Stage) -> dict[str, Any]:
    """The seeker shares the redacted context with the expert, for a day."""
    session = stage.fact("session_id")
    body = {"scope": ["log", "evidence", "environment"], "expiresInMinutes": SHARE_MINUTES}
    made = stage.ask("seeker", "POST", f"/v1/sessions/{session}/shares", body, act="share")
    seen = stage.ask("expert", "GET", f"/v1/sessions/{session}")
    if not any(item["shareId"] == made["shareId"] for item in seen["shares"]):
        raise StoryWentWrong("the expert does not see what was shared")
    return {"share_id": made["shareId"]}


def resolve(stage: Stage) -> dict[str, Any]:
    body = {"rating": RATING, "consentToPublish": True}
    done = stage.ask("seeker", "POST", f"/v1/sessions/{stage.fact('session_id')}/resolve", body, act="resolve")
    return {"session_state": done["state"]}


def draft(stage: Stage) -> dict[str, Any]:
    """The expert writes down what solved it."""
    body = {
        "sessionId": stage.fact("session_id"),
        "title": "A Windows path in a program that runs on Linux",
        "cause": "The file name holds a backslash. Only Windows takes it for a separator between folders.",
        "steps": ["Build the path with pathlib: Path('data') / 'amounts.csv'", "Run the program on both systems"],
        "verification": "The program was run against the agreed cases.",
    }
    made = stage.ask("expert", "POST", "/v1/knowledge-base/articles", body, act="draft")
    return {"article_id": made["articleId"]}


def approve(stage: Stage) -> dict[str, Any]:
    """The owner of the space agrees; from now on the article answers."""
    path = f"/v1/knowledge-base/articles/{stage.fact('article_id')}/approve"
    return {"article_status": stage.ask("seeker", "POST", path, act="approve")["status"]}
