"""The people of the story: invented for this run, with a knowledge space of their own and practice money."""

from __future__ import annotations

from typing import Any

from harmony.apps.demo.stage import OPERATOR, Stage

PRACTICE_USDC = "50.00"

# Two experts with different skills, so that a wrong ranking is possible: the second is at home on Windows desktops.
EXPERTS: dict[str, dict[str, Any]] = {
    "expert": {
        "name": "Noor Invented",
        "expertise": [
            {"skill": "Python", "level": "Expert", "yearsExperience": 9},
            {"skill": "Cross-platform development", "level": "Expert", "yearsExperience": 7},
            {"skill": "File systems", "level": "Advanced", "yearsExperience": 5},
        ],
        "platforms": ["Linux", "Windows"],
    },
    "other_expert": {
        "name": "Silas Invented",
        "expertise": [
            {"skill": "CSS", "level": "Expert", "yearsExperience": 10},
            {"skill": "React", "level": "Expert", "yearsExperience": 6},
            {"skill": "Python", "level": "Beginner", "yearsExperience": 1},
        ],
        "platforms": ["Windows"],
    },
}
EVERY_DAY = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def gather(stage: Stage) -> dict[str, Any]:
    """A seeker and two experts, each with a token of their own."""
    facts: dict[str, Any] = {}
    people = {"seeker": "Ada Invented", **{who: expert["name"] for who, expert in EXPERTS.items()}}
    for who, name in people.items():
        principal = f"person-{stage.state.run}-{who.replace('_', '-')}"
        role = "seeker" if who == "seeker" else "expert"
        body = {"kind": "person", "name": name, "roles": [role], "id": principal}
        stage.ask(OPERATOR, "POST", "/auth/principals", body, act=f"person {who}")
        token = {"label": f"demo {stage.state.run}", "principal_id": principal, "days": 1}
        facts[f"{who}_id"] = principal
        facts[f"{who}_token"] = stage.ask(OPERATOR, "POST", "/auth/tokens", token)["token"]
    return facts


def open_space(stage: Stage) -> dict[str, Any]:
    """The seeker's private knowledge space with both experts as members, and the experts' profiles."""
    body = {"name": f"Demo {stage.state.run}", "visibility": "private"}
    space = stage.ask("seeker", "POST", "/v1/knowledge-base/spaces", body, act="space")
    facts = {"space_id": space["spaceId"]}
    for who, expert in EXPERTS.items():
        member = {"userId": stage.fact(f"{who}_id")}
        path = f"/v1/knowledge-base/spaces/{space['spaceId']}/members"
        stage.ask("seeker", "POST", path, member, act=f"member {who}")
        profile = stage.ask(who, "POST", "/v1/experts", _profile(stage.fact(f"{who}_id"), expert), act=f"profile {who}")
        facts[f"{who}_profile_id"] = profile["expertId"]
    return facts


def give_practice_money(stage: Stage) -> dict[str, Any]:
    body = {"principal": stage.fact("seeker_id"), "amount_usdc": PRACTICE_USDC}
    grant = stage.ask(OPERATOR, "POST", "/api/v1/harmony/ledger/grant", body, act="practice money")
    return {"grant_id": grant["transfer_id"]}


def _profile(user: str, expert: dict[str, Any]) -> dict[str, Any]:
    schedule = [{"day": day, "startTime": "00:00", "endTime": "23:59"} for day in EVERY_DAY]
    return {
        "userId": user,
        "expertise": expert["expertise"],
        "platformExperience": expert["platforms"],
        "availability": {"timezone": "UTC", "schedule": schedule, "maxWeeklyHours": 40},
        "communicationPreferences": {
            "preferredChannels": ["in-app"],
            "responseTimeExpectation": "within 2 hours",
        },
    }
