"""A job: work that outlives the call that asked for it.

Conventions: times are ISO 8601 in UTC. The first six fields are the message of the specification
(`command, payload, task_id, timestamp, sender, priority`); the rest is how it fares. `rev` changes
with everything a user can see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Command = Literal["research", "generate"]
Status = Literal["queued", "running", "completed", "failed", "cancelled"]
FINAL: frozenset[Status] = frozenset(("completed", "failed", "cancelled"))

USER, BACKGROUND = 0, 10
"""Priorities: what a user waits for goes before what nobody waits for."""


@dataclass(slots=True)
class Job:
    """One job; changed by `jobs` alone."""

    command: Command
    payload: Mapping[str, Any]
    """What was asked, as JSON."""
    task_id: str
    timestamp: str
    """When it was asked."""
    sender: str
    """Who asked, such as "curl"."""
    priority: int = USER
    subject: str = ""
    """Whom it is about; two jobs of one command and subject are one. Empty: every one is its
    own.
    """
    status: Status = "queued"
    progress: float = 0.0
    """0-1, never falling."""
    message: str = ""
    """What is being done, or why it ended."""
    rev: int = 1
    attempts: int = 0
    """How often it was begun: more than once after a crash."""
    finished_at: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    error: Mapping[str, Any] = field(default_factory=dict)
    """`{code, message, hint}` of one that failed."""

    @property
    def is_final(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in FINAL
