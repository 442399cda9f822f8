"""A stored artist -> what is compared: the profile, with what the notes say of the same name."""

from collections.abc import Mapping, Sequence

from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import genre_of, traits_of_styles
from mididrumigen.models import Artist, StyleProfile
from mididrumigen.models.described import Described
from mididrumigen.models.names import normalise_name

_OF_STYLE = "builtin:style/"
_NOT_COMPARED = ("latency_ms",)
"""Of the instrument, not of the player."""


def describe(
    library: Library, artist: Artist, profile: StyleProfile, noted: Described | None
) -> Described:
    """The artist as described; `noted` is the built-in entry of the name, of a band's name that of
    its drummer.
    """
    styles = noted.styles if noted else _styles_cited(library, profile)
    own = {
        name: trait.value
        for name, trait in profile.traits.items()
        if name not in _NOT_COMPARED and _is_own(trait.evidence)
    }
    is_band = bool(noted) and normalise_name(artist.name) not in (noted.names if noted else ())
    drummers: Mapping[str, str] = noted.drummers if noted else {}
    return Described(
        name=artist.name,
        kind=("band" if is_band else noted.kind) if noted else "artist",
        styles=styles,
        genre=genre_of(library, styles),
        about=noted.about if noted else "",
        traits={**traits_of_styles(library, styles), **own},
        own=frozenset(own),
        aliases=(*artist.aliases, *(noted.aliases if noted and not is_band else ())),
        bands=noted.bands if noted and not is_band else (),
        drummers={noted.name: ""} if noted and is_band else drummers,
    )


def _is_own(evidence: Sequence[str]) -> bool:
    """Whether a trait rests on more than what is known of a style."""
    return any(not one.startswith(_OF_STYLE) for one in evidence)


def _styles_cited(library: Library, profile: StyleProfile) -> dict[str, float]:
    """Styles that the profile rests on, each as much as the others."""
    cited = {
        one.removeprefix(_OF_STYLE)
        for trait in profile.traits.values()
        for one in trait.evidence
        if one.startswith(_OF_STYLE)
    }
    known = sorted(cited & library.styles.keys())
    return {key: 1 / len(known) for key in known}
