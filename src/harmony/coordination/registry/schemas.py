"""The wire shape of a registration. Fields that are not known are ignored: a stranger may be newer than this server."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from harmony.coordination.registry.errors import HostUnknown, ProtocolUnsupported
from harmony.coordination.registry.model import (
    CAPABILITIES_LIMIT,
    CAPABILITY_LIMIT_CHARACTERS,
    COMPONENT_NAME_LIMIT_CHARACTERS,
    DEFAULT_NAMESPACE,
    HEARTBEAT_INTERVAL_DEFAULT_SECONDS,
    HEARTBEAT_INTERVAL_LEAST_SECONDS,
    HEARTBEAT_INTERVAL_LIMIT_SECONDS,
    HOST_LIMIT_CHARACTERS,
    NAMESPACE_LIMIT_CHARACTERS,
    PORT_LIMIT,
    PROTOCOL_VERSIONS,
    PROTOCOL_VERSIONS_LIMIT,
    REASON_LIMIT_CHARACTERS,
    URL_LIMIT_CHARACTERS,
    VERSION_LIMIT_CHARACTERS,
    WEIGHT_DEFAULT,
    WEIGHT_LIMIT,
    ZONE_LIMIT_CHARACTERS,
    Registration,
    agreed_version,
    normal_host,
)

ComponentName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=COMPONENT_NAME_LIMIT_CHARACTERS),
    Field(description="lower-case words joined by hyphens", examples=["sherlock-hub"]),
]
Capability = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$", max_length=CAPABILITY_LIMIT_CHARACTERS)
]
Version = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+_-]*$", max_length=VERSION_LIMIT_CHARACTERS)
]
Host = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_.:\[\]-]*[A-Za-z0-9\]]$", max_length=HOST_LIMIT_CHARACTERS)
]
Port = Annotated[int, Field(strict=True, ge=0, le=PORT_LIMIT)]
IntervalSeconds = Annotated[
    int, Field(strict=True, ge=HEARTBEAT_INTERVAL_LEAST_SECONDS, le=HEARTBEAT_INTERVAL_LIMIT_SECONDS)
]
HttpUrl = Annotated[
    str, StringConstraints(pattern=r"^https?://[A-Za-z0-9\[][!-?A-~]*$", max_length=URL_LIMIT_CHARACTERS)
]
"""An http(s) address in visible ASCII; ``@`` is left out, so it cannot carry a password."""
Namespace = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=NAMESPACE_LIMIT_CHARACTERS)
]
Zone = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._/-][A-Za-z0-9]+)*$", max_length=ZONE_LIMIT_CHARACTERS)
]
Weight = Annotated[int, Field(strict=True, ge=0, le=WEIGHT_LIMIT)]
ProtocolVersion = Annotated[int, Field(strict=True, ge=1, le=1_000)]
Reason = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$", max_length=REASON_LIMIT_CHARACTERS)]


def _without_twins(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


class RegisterComponent(BaseModel):
    """``POST /register``. ``host`` is the caller's address when it is left out; port 0 listens nowhere.

    ``request_url`` is where requests of others are brought to, ``http://<host>:<port>/request`` when it is left out.
    ``protocol_versions`` are those that the component speaks; the answer then says which one is used.
    """

    model_config = ConfigDict(extra="ignore")

    component: ComponentName
    version: Version
    port: Port
    capabilities: Annotated[list[Capability], Field(max_length=CAPABILITIES_LIMIT), AfterValidator(_without_twins)] = (
        Field(default_factory=list)
    )
    health_check_url: HttpUrl | None = None
    host: Host | None = None
    heartbeat_interval: IntervalSeconds = HEARTBEAT_INTERVAL_DEFAULT_SECONDS
    namespace: Namespace = DEFAULT_NAMESPACE
    zone: Zone | None = None
    weight: Weight = WEIGHT_DEFAULT
    request_url: HttpUrl | None = None
    protocol_versions: (
        Annotated[list[ProtocolVersion], Field(min_length=1, max_length=PROTOCOL_VERSIONS_LIMIT)] | None
    ) = None

    def to_registration(self, caller_address: str | None) -> Registration:
        """The registration of a caller at ``caller_address``; raises ``HostUnknown`` when nothing names the host."""
        host = self.host or caller_address
        if not host:
            raise HostUnknown("the host is not known", field="host")
        protocol_version = agreed_version(self.protocol_versions or PROTOCOL_VERSIONS)
        if protocol_version is None:
            raise ProtocolUnsupported(
                "no version of the protocol is spoken by both sides",
                field="protocol_versions",
                details={"supported": PROTOCOL_VERSIONS},
            )
        return Registration(
            component=self.component,
            version=self.version,
            host=normal_host(host),
            port=self.port,
            capabilities=tuple(self.capabilities),
            health_check_url=self.health_check_url,
            heartbeat_interval_seconds=self.heartbeat_interval,
            namespace=self.namespace,
            zone=self.zone,
            weight=self.weight,
            protocol_version=protocol_version,
            request_url=self.request_url,
        )
