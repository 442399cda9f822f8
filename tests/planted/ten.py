"""The world: ten artists of different kinds, and two whom nobody asks for."""

from tests.planted import bands, players
from tests.planted.people import Someone

TEN: dict[str, Someone] = {
    "rock drummer": players.ROCK,
    "band of three drummers": bands.THREE_DRUMMERS,
    "producer": players.PRODUCER,
    "jazz drummer": players.JAZZ,
    "duo": bands.DUO,
    "other letters": bands.OTHER_LETTERS,
    "name that two have": bands.NAMESAKE,
    "known to Wikipedia alone": players.OBSCURE,
    "sites that disagree": players.DISPUTED,
    "known to nobody": bands.NOBODY,
}
WORLD: tuple[Someone, ...] = (
    *(someone for kind, someone in TEN.items() if kind != "known to nobody"),
    bands.OTHER_NAMESAKE,
    bands.TRIBUTE,
    players.POP_SINGER,
)
