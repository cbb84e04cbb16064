"""What orchestra.md prints, retyped."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx

PRINTED_AT = datetime(2025, 12, 17, 19, 45, tzinfo=UTC)

SHERLOCK_HUB = {
    "component": "sherlock-hub",
    "version": "1.0.0",
    "port": 8000,
    "capabilities": ["entity-mapping", "relationship-discovery", "search", "qa"],
    "health_check_url": "http://localhost:8000/health",
}
ECHO_GIT_SYNC = {
    "component": "echo-git-sync",
    "version": "1.0.0",
    "port": 9000,
    "capabilities": ["multi-provider-sync", "integrity-verification", "status-reporting"],
    "health_check_url": "http://localhost:9000/health",
}
GLOBAL_NEXUS = {
    "component": "global-nexus",
    "version": "1.0.0",
    "port": 9001,
    "capabilities": ["service-discovery", "load-balancing", "request-routing"],
    "health_check_url": "http://localhost:9001/health",
}
GLOBAL_CORTEX = {
    "component": "global-cortex",
    "version": "1.0.0",
    "port": 9002,
    "capabilities": ["monitoring", "metrics-collection", "alerting"],
    "health_check_url": "http://localhost:9002/health",
}
HEARTBEAT = {
    "component_id": "sherlock-hub-001",
    "timestamp": "2025-12-17T19:45:05Z",
    "status": "healthy",
    "metrics": {
        "requests_total": 150,
        "requests_per_minute": 2.5,
        "average_response_time_ms": 45,
        "entities_count": 1000,
        "relationships_count": 500,
        "errors": 0,
    },
}


def field_of(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["hint"] and problem["status"] == answer.status_code
    return str(problem["details"]["field"])
