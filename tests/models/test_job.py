"""What a job is."""

from typing import get_args

import pytest

from mididrumigen.models.job import BACKGROUND, FINAL, USER, Job, Status

NOW = "2026-01-02T03:04:05+00:00"


def test_a_job_begins_queued_for_a_user_with_nothing_done() -> None:
    job = Job("generate", {}, "t", NOW, "curl")
    assert (job.status, job.progress, job.attempts, job.priority) == ("queued", 0.0, 0, USER)
    assert (job.result, job.error, job.finished_at) == ({}, {}, "")
    assert USER < BACKGROUND


@pytest.mark.parametrize("status", get_args(Status))
def test_a_job_is_final_when_nothing_more_will_come_of_it(status: Status) -> None:
    job = Job("generate", {}, "t", NOW, "curl", status=status)
    assert job.is_final == (status not in ("queued", "running"))
    assert job.is_final == (status in FINAL)


def test_two_jobs_share_nothing() -> None:
    one, other = (Job("generate", {}, name, NOW, "curl") for name in "ab")
    assert one.result is not other.result
    assert one.error is not other.error
