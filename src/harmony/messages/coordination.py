"""What coordination tells: who joined the orchestra, who fell silent, who came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class ComponentRegistered(Message):
    """A component joined, or joined again: ``incarnation`` counts its registrations."""

    KIND: ClassVar[str] = "coordination.component.registered"
    component_id: str
    component: str
    incarnation: int
    routable: bool


@dataclass(frozen=True, slots=True)
class ComponentDegraded(Message):
    """``cause`` is ``missed`` (three beats did not come) or ``reported`` (the component says so itself)."""

    KIND: ClassVar[str] = "coordination.component.degraded"
    component_id: str
    component: str
    previous: str
    cause: str


@dataclass(frozen=True, slots=True)
class ComponentOffline(Message):
    """A degraded component did not recover in its time."""

    KIND: ClassVar[str] = "coordination.component.offline"
    component_id: str
    component: str
    previous: str


@dataclass(frozen=True, slots=True)
class ComponentRecovered(Message):
    """A component that was degraded or offline beats again and is well."""

    KIND: ClassVar[str] = "coordination.component.recovered"
    component_id: str
    component: str
    previous: str


@dataclass(frozen=True, slots=True)
class ComponentForgotten(Message):
    """A component was offline for so long that it is listed no more; its id is never given again."""

    KIND: ClassVar[str] = "coordination.component.forgotten"
    component_id: str
    component: str
