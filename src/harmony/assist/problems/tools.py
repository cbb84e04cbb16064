"""Problems as a JSON-RPC method."""

from __future__ import annotations

from harmony.assist.problems import service
from harmony.assist.problems.ports import LogReader
from harmony.assist.problems.schemas import DetectionView, DetectProblem
from harmony.assist.rpc import Method
from harmony.assist.wire import on_behalf
from harmony.commons.identity.edge import Edge


async def detect_problem(edge: Edge, params: DetectProblem) -> DetectionView:
    user_id = await on_behalf(edge, params.user_id)
    service.check_log(params.log)
    reading = await edge.house.port(LogReader)(params.noun())
    async with edge.begin() as uow:
        return DetectionView.of(await service.detect(uow, user_id, params.space_id, reading))


METHODS = {"detectProblem": Method("problems.report", DetectProblem, detect_problem)}
