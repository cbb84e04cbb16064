"""How somebody wants to be watched over: read, and chosen anew."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.problems.errors import TimezoneUnknown
from harmony.assist.problems.store import pipelines
from harmony.assist.problems.store import watched as store
from harmony.assist.problems.stuck.model import Privacy
from harmony.assist.problems.watched import Settings
from harmony.commons.journal.service import append
from harmony.messages.assist import DetectionSet


async def choose(uow: UnitOfWork, chosen: Settings) -> Settings:
    """Keep the settings; they hold from the next event on.

    Another privacy level begins every run anew, so nothing is judged by what the new one forbids; ``high`` also takes
    the evidence out of the alarms there are, and forgets how jobs ended. Reports that the person sent stay: they were
    sent under their own consent.
    """
    _check_timezone(chosen.timezone)
    await store.one_at_a_time(uow, chosen.user_id)
    before = await store.settings(uow.connection, chosen.user_id)
    chosen = replace(chosen, updated_at=uow.now)
    await store.set_settings(uow, chosen)
    if chosen.privacy is not before.privacy:
        await store.forget_runs(uow, chosen.user_id)
        if chosen.privacy is Privacy.HIGH:
            await store.silence_alarms(uow, chosen.user_id)
            await pipelines.forget_outcomes(uow, chosen.user_id)
    told = DetectionSet(chosen.user_id, chosen.mode.value, chosen.privacy.value, chosen.alarms_a_day)
    await append(uow, told, subject=chosen.user_id)
    return chosen


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TimezoneUnknown("there is no such time zone", field="timezone") from error
