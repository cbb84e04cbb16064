"""harmony-live: problems, knowledge, experts, requests, sessions, rewards; JSON-RPC and MCP."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.apps.links import rewarding
from harmony.assist import mcp, rpc
from harmony.assist.environments.routes import router as environments
from harmony.assist.experts.routes import router as experts
from harmony.assist.knowledge.routes import router as knowledge
from harmony.assist.matching import jobs as matching_jobs
from harmony.assist.matching import tools as matching_tools
from harmony.assist.matching.routes import router as matching
from harmony.assist.ports import RewardBook
from harmony.assist.problems import jobs as problems_jobs
from harmony.assist.problems import tools as problems_tools
from harmony.assist.problems.correction_routes import router as problem_corrections
from harmony.assist.problems.hooks.routes import BODY_LIMIT_BYTES as HOOK_LIMIT_BYTES
from harmony.assist.problems.hooks.routes import router as hooks
from harmony.assist.problems.routes import router as problems
from harmony.assist.problems.watching import tools as watching_tools
from harmony.assist.problems.watching.routes import router as watching
from harmony.assist.rewards import jobs as rewards_jobs
from harmony.assist.rewards.routes import router as rewards
from harmony.assist.sessions import jobs as sessions_jobs
from harmony.assist.sessions.routes import router as sessions
from harmony.commons.identity.edge import House
from harmony.commons.notifications.routes import router as notifications


async def _reward(house: House) -> int:
    """Value what has been paid and resolved, then book the tokens."""
    heard = await rewarding.value_resolved(house.database)
    return heard + await rewards_jobs.distribute_valued(house.database, house.port(RewardBook))


HARMONY_LIVE = Component(
    name="harmony-live",
    port=8001,
    capabilities=("problem-detection", "expert-matching", "sessions", "knowledge", "rewards"),
    routers=(
        problems,
        watching,
        hooks,
        problem_corrections,
        environments,
        knowledge,
        experts,
        matching,
        sessions,
        rewards,
        notifications,
        rpc.router((*problems_tools.TOOLS, *watching_tools.TOOLS, *matching_tools.TOOLS)),
        mcp.router((*problems_tools.TOOLS, *watching_tools.TOOLS)),
    ),
    body_limits={"/v1/ci/hooks/": HOOK_LIMIT_BYTES},
    jobs=(
        Job("reward contributions", 0.5, _reward),
        Job("reward unrated contributions", 600.0, lambda house: rewarding.value_unrated(house.database)),
        Job("send digests", 30.0, lambda house: problems_jobs.tell_held(house.database)),
        Job("forget what was watched", 600.0, lambda house: problems_jobs.forget(house.database)),
        Job("end offers", 5.0, lambda house: matching_jobs.expire_offers(house.database)),
        Job("wipe shares", 60.0, lambda house: sessions_jobs.wipe_shares(house.database)),
    ),
)
