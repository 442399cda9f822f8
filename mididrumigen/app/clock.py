"""The time as it is written everywhere: ISO 8601 in UTC to the second, sortable as text."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """The time."""
    return days_ago(0)


def days_ago(days: float) -> str:
    """The time so many days before now."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
