"""Evidence ids, and what a source tells while it works."""

from hashlib import sha256

from mididrumigen.models import Progress, evidence_id


def test_an_evidence_id_depends_on_source_and_address_only() -> None:
    expected = sha256(b"local_midi\n/takes/one.mid").hexdigest()[:12]
    assert evidence_id("local_midi", "/takes/one.mid") == expected


def test_source_and_address_cannot_run_into_each_other() -> None:
    assert evidence_id("ab", "c") != evidence_id("a", "bc")
    assert evidence_id("a", "/one.mid") != evidence_id("a", "/two.mid")


def test_progress_reaches_its_listener_and_refusals_are_kept_in_order() -> None:
    heard: list[tuple[str, int, int]] = []
    progress = Progress(lambda message, done, total: heard.append((message, done, total)))
    progress.tell("reading", 2, 5)
    progress.tell("waiting")
    progress.refuse("a.mid", "the file is empty")
    progress.refuse("b.mid", "not a MIDI file")
    assert heard == [("reading", 2, 5), ("waiting", 0, 0)]
    assert progress.refused == [("a.mid", "the file is empty"), ("b.mid", "not a MIDI file")]


def test_progress_without_a_listener_still_keeps_refusals() -> None:
    progress, other = Progress(), Progress()
    progress.tell("reading")
    progress.refuse("a.mid", "damaged")
    assert (progress.refused, other.refused) == ([("a.mid", "damaged")], [])
