"""What is known about a name, as evidence.

Conventions: a name is looked up without case, accents and punctuation: artists and their aliases
first, then bands (which lead to whoever drums there, by era) and further names (which lead to their
styles), then styles. A name that none of these knows gets the nearest style, and is told so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mididrumigen.errors import InputError
from mididrumigen.knowledge.entries import Entries
from mididrumigen.knowledge.evidence import entry_evidence
from mididrumigen.knowledge.years import Span
from mididrumigen.models import Artist, Evidence
from mididrumigen.models.names import normalise_name
from mididrumigen.models.profile import Basis

if TYPE_CHECKING:
    from mididrumigen.knowledge.spelling import Spellings

DEFAULT_STYLE = "rock"
"""The nearest style of a name that gives no clue: the most general one."""

ARTIST_CONFIDENCE, NAME_CONFIDENCE = 0.35, 0.25
STYLE_CONFIDENCE, GENRE_CONFIDENCE, UNKNOWN_CONFIDENCE = 0.22, 0.3, 0.1

_STYLE_KEYS = frozenset(
    {"title", "aliases", "about", "tempo_bpm", "metre", "traits", "grooves", "fills"}
)
_ARTIST_KEYS = (_STYLE_KEYS - {"title"}) | {"kind", "bands", "styles"}
_NAME_KEYS = frozenset({"name", "note", "kind", "aliases", "styles", "drummers", "tempo_bpm"})
NOT_BLENDED = ("swing_8ths", "swing_16ths")
"""Taken from the main style of an artist only: half straight and half shuffled is neither."""

_GUEST = re.compile(r"\s+[(\[]?(?:(?:ft|feat|featuring)\b\.?|f\.|w/)\s.*$", re.IGNORECASE)
"""Who else is on a song: the drums are the first one's."""

_Kind = Literal["artist", "band", "name", "style"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a name."""

    artist: Artist
    player: str
    """Name of the entry that it led to: for a band its drummer, for a style its title."""
    evidence: tuple[Evidence, ...]
    choices: tuple[str, ...] = ()
    """Other artists of this name, each as it can be asked for."""
    lineup: tuple[tuple[str, str], ...] = ()
    """Of a band: everybody who is known to have drummed there, with the years, "" if not known."""


class Library:
    """The built-in files; each is read when it is first asked for, each entry parsed then."""

    def __init__(self) -> None:
        self._leads: dict[str, list[tuple[_Kind, str]]] | None = None
        self._written: dict[str, str] = {}
        """Normalised name -> as it is written."""
        self._spellings: Spellings | None = None

    @cached_property
    def styles(self) -> Entries:
        """Key -> entry of every style."""
        return Entries("styles", _STYLE_KEYS)

    @cached_property
    def artists(self) -> Entries:
        """Name -> entry of every artist."""
        return Entries("artists", _ARTIST_KEYS)

    @cached_property
    def others(self) -> Entries:
        """Name -> entry of every name that is known by its styles only."""
        return Entries("names", _NAME_KEYS, lines=True)

    def _index(self) -> dict[str, list[tuple[_Kind, str]]]:
        """Normalised name -> the entries that are called so, the first to be played first."""
        if self._leads is None:
            self._leads = {}
            artists, names = self.artists, self.others
            calls: list[tuple[str, _Kind, str]] = []
            calls += [(name, "artist", key) for key in artists for name in artists.called(key)]
            calls += [(band, "band", key) for key in artists for band in artists.bands(key)]
            for key in names:
                # The key itself too: it tells two artists of one name apart.
                called = dict.fromkeys((*names.called(key), key))
                calls += [(name, "name", key) for name in called]
            styles = self.styles
            calls += [(name, "style", key) for key in styles for name in styles.called(key)]
            for name, kind, key in calls:
                normalised = normalise_name(name)
                self._written.setdefault(normalised, name)
                leads = self._leads.setdefault(normalised, [])
                if (kind, key) not in leads:
                    leads.append((kind, key))
        return self._leads

    def find(self, name: str, player: str = "", era: str = "") -> Known | None:
        """What is known about a name; None if nothing.

        `player` and `era` ("1970-1975") choose among the drummers of a band; raises InputError for
        an era that is none and a player who is not known to have drummed there.
        """
        if not (player or era) and name in self.artists:
            return self._artist(Artist(name, aliases=self._aliases(name)), name)
        leads = self._index().get(normalise_name(name), [])
        if any(lead[0] == "style" and self.styles[lead[1]]["title"] == name for lead in leads):
            leads = [lead for lead in leads if lead[0] == "style"]  # written as the style is
        if not leads:
            first = _GUEST.sub("", name)
            return self.find(first, player, era) if first != name else None
        if own := self._own_name(name, leads[0]):
            return self.find(own, player, era)
        kind, key = leads[0]
        match kind:
            case "artist":
                if player and self._key_of(player) != key:
                    raise InputError(
                        f"{player} is not known to have drummed for {key}", "leave the player out"
                    )
                return self._artist(Artist(key, aliases=self._aliases(key)), key)
            case "style":
                return self._style(Artist(self.styles[key]["title"]), key, "genre", ())
        others = [k for kind, k in leads if kind == "name"]
        choices = tuple(k for k in others[1:] if k != name)
        members = {key: self.artists.bands(key) for kind, key in leads if kind == "band"}
        return self._band(name, members, others[0] if others else None, choices, player, era)

    def _own_name(self, name: str, lead: tuple[_Kind, str]) -> str | None:
        """The band's own name, where `name` is another one of it that its drummers do not note."""
        kind, key = lead
        if kind != "name" or self._note(key):
            return None  # a note tells it from the band that has drummers
        own = self.others.called(key)[0]
        asked, there = normalise_name(name), self._index()[normalise_name(own)]
        known_there = normalise_name(own) != asked and any(kind == "band" for kind, _ in there)
        return own if known_there else None

    def _aliases(self, key: str) -> tuple[str, ...]:
        return tuple(self.artists.called(key)[1:])

    def nearest_style(self, name: str) -> Known:
        """The style to play for a name that `find` does not know, with the reason as a notice."""
        words = normalise_name(name).split()
        key, because = (
            DEFAULT_STYLE,
            "nothing in the name says more, and it is the most general one",
        )
        longest = 0
        for style in self.styles:
            for title in self.styles.called(style):
                part = normalise_name(title).split()
                if len(part) > longest and _holds(words, part):
                    key, because, longest = style, f'the name says "{title}"', len(part)
        title = self.styles[key]["title"]
        notice = f"unknown artist: the nearest known style is {title}, because {because}"
        return self._style(Artist(name), key, "unknown", (notice,))

    def blend(self, artist: Artist, tags: Mapping[str, float]) -> Known | None:
        """What the styles of some genre words (word -> weight) say about an artist of whom no more
        is known; None where no word is a style's.
        """
        styles: dict[str, float] = {}
        for word, weight in tags.items():
            for kind, key in self._index().get(normalise_name(word), ()):
                if kind == "style" and weight > 0:
                    styles[key] = styles.get(key, 0.0) + weight
        if not styles:
            return None
        total = sum(styles.values())
        said = _listed([self.styles[key]["title"] for key in _by_weight(styles)])
        notice = f"{artist.name}: played from genre words, {said}"
        lent = self._lent({k: w / total for k, w in styles.items()}, GENRE_CONFIDENCE, (notice,))
        return Known(artist, artist.name, lent)

    def names(self) -> Iterator[str]:
        """Every artist, alias, band, name, style and tag word, as people write them."""
        artists, others, styles = self.artists, self.others, self.styles
        for artist in artists:
            yield from (*artists.called(artist), *artists.bands(artist))
        for entries in (others, styles):
            for key in entries:
                yield from entries.called(key)

    @property
    def spellings(self) -> "Spellings":
        """Every name, to look among for one that is spelt otherwise."""
        if self._spellings is None:
            from mididrumigen.knowledge.spelling import Spellings

            self._index()
            self._spellings = Spellings(self._written)
        return self._spellings

    def entries(self) -> list[tuple[str, Basis]]:
        """(name, basis) of every artist, band and further name, then of every style, each by
        name.
        """
        artists, others = self.artists, self.others
        known = {n: None for key in artists for n in (key, *artists.bands(key))}
        known |= {others.called(key)[0]: None for key in others}
        found: list[tuple[str, Basis]] = []
        found += [(name, "builtin") for name in sorted(known, key=normalise_name)]
        found += [(title, "genre") for title in sorted(e["title"] for e in self.styles.values())]
        return found

    def _band(
        self,
        name: str,
        members: Mapping[str, Mapping[str, str]],
        other: str | None,
        choices: tuple[str, ...],
        player: str,
        era: str,
    ) -> Known:
        """A band, played by whoever drums there and has notes of his own, else by its styles."""
        wanted = normalise_name(name)
        years = {
            key: next(y for band, y in bands.items() if normalise_name(band) == wanted)
            for key, bands in members.items()
        }
        spelt = next(
            (b for bands in members.values() for b in bands if normalise_name(b) == wanted), name
        )
        if other is not None:
            spelt = self.others.called(other)[0]
            for drummer, when in self.others.drummers(other).items():
                key = self._key_of(drummer)
                years[key] = years.get(key) or when
        artist = Artist(spelt, disambiguation=self._note(other))
        lineup = tuple(years.items())
        chosen = _chosen(artist.name, years, set(self.artists), self._key_of(player), era)
        if chosen is None or chosen not in self.artists:
            assert other is not None  # without an entry of its own, a band is known by its artists
            if chosen and (player or era):
                years = {chosen: years[chosen]}
            return replace(self._other(artist, other, years, choices, chosen), lineup=lineup)
        notices = [f"{artist.name}: the drums are played in the style of {chosen}"]
        rest = [_with_years(key, when) for key, when in years.items() if key != chosen]
        if rest:
            notices.append(f"others who drummed there: {_listed(rest)}; choose with player or era")
        return replace(self._artist(artist, chosen, tuple(notices), choices), lineup=lineup)

    def _key_of(self, person: str) -> str:
        """Name of a person's own entry; as it is where there is none."""
        leads = self._index().get(normalise_name(person), ()) if person else ()
        return next((key for kind, key in leads if kind == "artist"), person)

    def _note(self, other: str | None) -> str:
        return str(self.others[other].get("note", "")) if other else ""

    def _artist(
        self,
        artist: Artist,
        key: str,
        notices: tuple[str, ...] = (),
        choices: tuple[str, ...] = (),
    ) -> Known:
        entry = self.artists[key]
        own = entry_evidence(f"builtin:{key}", entry, "builtin", ARTIST_CONFIDENCE, 1.0, notices)
        lent = self._lent(entry["styles"], STYLE_CONFIDENCE, ())
        return Known(artist, key, (own, *lent), choices)

    def _other(
        self,
        artist: Artist,
        key: str,
        years: Mapping[str, str],
        choices: tuple[str, ...],
        drummer: str | None,
    ) -> Known:
        """A name of which only styles, tempo and drummers are known."""
        entry = self.others[key]
        titles = [self.styles[style]["title"] for style in _by_weight(entry["styles"])]
        notices = [f"{artist.name}: played from its styles, {_listed(titles)}"]
        if years:
            drums = [_with_years(name, when) for name, when in years.items()]
            notices.append(f"drums: {_listed(drums)}; no notes on their own playing yet")
        about = f"{_listed(titles).capitalize()}; {entry['kind']}."
        own = entry_evidence(
            f"builtin:name/{key}",
            {"about": about, "tempo_bpm": entry["tempo_bpm"]},
            "builtin",
            NAME_CONFIDENCE,
            1.0,
            tuple(notices),
        )
        lent = self._lent(entry["styles"], STYLE_CONFIDENCE, ())
        return Known(artist, drummer or artist.name, (own, *lent), choices)

    def _lent(
        self, styles: Mapping[str, float], confidence: float, notices: tuple[str, ...]
    ) -> tuple[Evidence, ...]:
        """What styles lend, the main one first; only that one lends its swing."""
        weights = {style: styles[style] for style in _by_weight(styles)}
        main = next(iter(weights))
        return tuple(
            entry_evidence(
                f"builtin:style/{style}",
                self.styles[style],
                "genre",
                confidence,
                weight,
                notices if style == main else (),
                without=() if style == main else NOT_BLENDED,
            )
            for style, weight in weights.items()
        )

    def _style(self, artist: Artist, key: str, basis: str, notices: tuple[str, ...]) -> Known:
        confidence = GENRE_CONFIDENCE if basis == "genre" else UNKNOWN_CONFIDENCE
        entry = self.styles[key]
        evidence = entry_evidence(f"builtin:style/{key}", entry, basis, confidence, 1.0, notices)
        return Known(artist, entry["title"], (evidence,))


def _by_weight(styles: Mapping[str, float]) -> list[str]:
    return sorted(styles, key=lambda style: (-styles[style], style))


def _chosen(
    band: str, years: Mapping[str, str], noted: set[str], player: str, era: str
) -> str | None:
    """The drummer of a band: the one asked for, the one of the era, else the noted one who was
    there longest; None where nobody is known.
    """
    if player:
        wanted = normalise_name(player)
        found = next((key for key in years if normalise_name(key) == wanted), None)
        if found is None:
            known = _listed([_with_years(*each) for each in years.items()])
            hint = f"known there: {known}" if known else "leave the player out"
            raise InputError(f"{player} is not known to have drummed for {band}", hint)
        return found
    spans = {key: Span.parse(when) for key, when in years.items()}
    if era and (asked := Span.parse(era)):
        then = {key: span.overlap(asked) for key, span in spans.items() if span}
        if any(then.values()):
            return max(then, key=lambda key: (then[key], key in noted))
        raise InputError(
            f"nobody is known to have drummed for {band} in {era}",
            f"known there: {_listed([_with_years(*each) for each in years.items()]) or 'nobody'}",
        )
    return max(
        years,
        key=lambda key: (key in noted, span.length if (span := spans[key]) else 0),
        default=None,
    )


def _with_years(name: str, years: str) -> str:
    return f"{name} ({years})" if years else name


def _listed(words: Sequence[str]) -> str:
    """Words in a row, the last after "and"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _holds(words: list[str], part: list[str]) -> bool:
    """Whether `part` stands in `words` as a whole."""
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))
