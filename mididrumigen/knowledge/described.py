"""Every built-in entry as it is compared with others: the one way in for who is like whom."""

from collections.abc import Iterator, Mapping
from typing import Any

from mididrumigen.knowledge.library import NOT_BLENDED, Library
from mididrumigen.models.described import Described


def described(library: Library) -> Iterator[Described]:
    """Every artist, every further name and every style; reads the files and no bar in them."""
    for name, entry in library.artists.items():
        yield _artist(library, name, entry)
    for key, entry in library.others.items():
        yield _artist(library, key, entry)
    for key, entry in library.styles.items():
        traits = _own_traits(entry)
        yield Described(
            name=entry["title"],
            kind="style",
            styles={key: 1.0},
            genre=entry["title"],
            about=entry["about"],
            traits=traits,
            own=frozenset(traits),
            aliases=tuple(entry.get("aliases", ())),
        )


def _artist(library: Library, name: str, entry: Mapping[str, Any]) -> Described:
    own = _own_traits(entry)
    styles = _heaviest_first(entry["styles"])
    return Described(
        name=name,
        kind=entry["kind"],
        styles=styles,
        genre=genre_of(library, styles),
        about=entry.get("about", ""),
        traits={**traits_of_styles(library, styles), **own},
        own=frozenset(own),
        aliases=tuple(entry.get("aliases", ())),
        bands=tuple(entry.get("bands", ())),
        drummers=entry.get("drummers", {}),
    )


def genre_of(library: Library, styles: Mapping[str, float]) -> str:
    """Titles of styles, the heaviest first."""
    return ", ".join(library.styles[key]["title"] for key in _heaviest_first(styles))


def traits_of_styles(library: Library, styles: Mapping[str, float]) -> dict[str, float]:
    """What styles are known for, by their weights; swing is that of the heaviest."""
    claims: dict[str, list[tuple[float, float]]] = {}
    for rank, (key, weight) in enumerate(_heaviest_first(styles).items()):
        for name, value in _own_traits(library.styles[key]).items():
            if rank == 0 or name.partition(".")[0] not in NOT_BLENDED:
                claims.setdefault(name, []).append((value, weight))
    return {
        name: sum(value * weight for value, weight in said) / sum(weight for _, weight in said)
        for name, said in claims.items()
    }


def _own_traits(entry: Mapping[str, Any]) -> dict[str, float]:
    return {"tempo_bpm": float(entry["tempo_bpm"][1]), **entry.get("traits", {})}


def _heaviest_first(styles: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(styles.items(), key=lambda style: (-style[1], style[0])))
