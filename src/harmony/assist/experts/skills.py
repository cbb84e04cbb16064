"""Skills as data: one normal name for each, and what knowing one says about another."""

from __future__ import annotations

import re

SYNONYMS: dict[str, str] = {
    "py": "python",
    "python3": "python",
    "cpython": "python",
    "js": "javascript",
    "ecmascript": "javascript",
    "node": "nodejs",
    "node.js": "nodejs",
    "ts": "typescript",
    "golang": "go",
    "c++": "cpp",
    "csharp": "c#",
    "postgres": "postgresql",
    "k8s": "kubernetes",
    "cross-platform": "cross-platform-development",
    "cross-platform-compatibility": "cross-platform-development",
    "portability": "cross-platform-development",
    "file-handling": "file-handling",
    "file-path-handling": "file-handling",
    "file-systems": "file-systems",
    "filesystem": "file-systems",
    "filesystems": "file-systems",
    "gnu/linux": "linux",
    "ubuntu": "linux",
    "debian": "linux",
    "windows-10": "windows",
    "windows-11": "windows",
    "osx": "macos",
    "database": "databases",
    "sql": "databases",
    "sysadmin": "system-administration",
    "test-automation": "testing",
    "qa": "testing",
    "ci/cd": "devops",
    "ci": "devops",
    "unicode": "text-encoding",
    "encoding": "text-encoding",
    "performance": "performance-optimization",
    "pip": "packaging",
    "dependency-management": "packaging",
}

RELATED: dict[tuple[str, str], int] = {
    ("file-handling", "file-systems"): 75,
    ("file-handling", "cross-platform-development"): 50,
    ("file-systems", "linux"): 50,
    ("cross-platform-development", "linux"): 40,
    ("cross-platform-development", "windows"): 40,
    ("cross-platform-development", "macos"): 35,
    ("cross-platform-development", "system-integration"): 50,
    ("system-administration", "linux"): 70,
    ("system-administration", "devops"): 60,
    ("devops", "docker"): 65,
    ("devops", "kubernetes"): 60,
    ("docker", "kubernetes"): 55,
    ("databases", "postgresql"): 85,
    ("databases", "mysql"): 85,
    ("databases", "sqlite"): 75,
    ("postgresql", "mysql"): 55,
    ("javascript", "typescript"): 80,
    ("javascript", "nodejs"): 80,
    ("typescript", "nodejs"): 65,
    ("javascript", "react"): 60,
    ("python", "django"): 75,
    ("python", "fastapi"): 75,
    ("python", "pandas"): 60,
    ("java", "kotlin"): 60,
    ("c", "cpp"): 65,
    ("build-systems", "devops"): 55,
    ("build-systems", "cpp"): 45,
    ("packaging", "python"): 45,
    ("packaging", "devops"): 40,
    ("networking", "system-administration"): 55,
    ("networking", "linux"): 40,
    ("testing", "python"): 30,
    ("text-encoding", "python"): 30,
    ("git", "devops"): 55,
    ("performance-optimization", "databases"): 40,
}
"""How much, in percent, one of a pair says about the other, whichever way round."""

_BETWEEN_WORDS = re.compile(r"[\s_]+")


def normal(skill: str) -> str:
    """The one name of a skill: lower case, hyphens between words, synonyms resolved."""
    name = _BETWEEN_WORDS.sub("-", skill.strip().lower())
    return SYNONYMS.get(name, name)


def similarity(asked: str, known: str) -> int:
    """How much knowing ``known`` helps with ``asked``, in percent; both are normal names."""
    if asked == known:
        return 100
    return max(RELATED.get((asked, known), 0), RELATED.get((known, asked), 0))


def near(asked: str) -> frozenset[str]:
    """``asked`` and every skill that says something about it."""
    pairs = (pair for pair in RELATED if asked in pair)
    return frozenset({asked}).union(*pairs)
