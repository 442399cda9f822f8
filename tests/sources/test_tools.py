"""What sources are given where there is nothing to give."""

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Fetching, SourceCard
from mididrumigen.sources.tools import NoNetwork

CARD = SourceCard("archive", "metadata", "The Archive")


async def test_a_way_out_that_is_shut_says_so() -> None:
    shut: Fetching = NoNetwork()
    with pytest.raises(SourceUnavailable, match="The Archive was not asked: there is no network"):
        await shut.get(CARD, "https://archive.example/")
    error = await shut.refused(CARD, "https://archive.example/", "has no quota left for us")
    assert str(error) == "The Archive has no quota left for us"
