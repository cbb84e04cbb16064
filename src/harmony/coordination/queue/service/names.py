"""Names: in whose name a caller may send and receive."""

from __future__ import annotations

from harmony.commons.identity.model import Principal
from harmony.coordination.queue.errors import NotYourName


def check_name(caller: Principal, name: str, *, field: str) -> None:
    """Raises ``NotYourName`` for a component that would act as another."""
    if not caller.acts_as(name):
        raise NotYourName("this is another component's name", field=field)
