"""What the name of a file says about whose song it is.

Conventions: paths are those below a library, as in `Artist/Album/01 - Title.mid`. A name is only a
hint, and a wrong artist poisons a profile, so each guess has a weight, 0-1:

    0.95  a folder and the file name agree: `ABBA/ABBA - Waterloo`
    0.8   the only folder that can be an artist: `A/ABBA/Waterloo`
    0.7   the outermost of several: `ABBA/Arrival/Tiger`; the others have 0.6
    0.6   one side of " - ", first as most people write it: `ABBA - Waterloo`; 0.5 in a folder that
          can be an artist too
    0.4   before a hyphen without spaces, in no such folder: `ABBA-Waterloo`
    0.3   the side of " - " where titles are, or the first of two words: `abba_waterloo`
    0.2   behind a hyphen without spaces

`holds` says which guesses count, given what else there is. Letters, genres and words such as "midi"
or "downloads" are no artists. What is unsure gives no guess. Where most names of a folder have the
title first (`titles_first`), the sides change their weights.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from mididrumigen.models.names import normalise_name

RULES = 1
"""Version of what this file makes of names: a library that was read by another is read again."""

AGREED, FOLDER, OUTER, INNER = 0.95, 0.8, 0.7, 0.6
FIRST, FIRST_IN_FOLDER, HYPHEN, LAST, WORDS, HYPHEN_LAST = 0.6, 0.5, 0.4, 0.3, 0.3, 0.2

ENOUGH = 0.5
"""The least weight that counts by itself."""
BACKS = 0.4
"""The least weight of a file that speaks for its artist in the doubt about another one."""
_WELL_KNOWN, _HARDLY_KNOWN = 3, 1
"""Files that speak for an artist."""

_MAX_LENGTH = 250
_MAX_ARTIST_LENGTH, _MAX_ARTIST_WORDS = 60, 8
_MAX_FOLDERS = 4
"""So many folders above a file are looked at, the nearest ones."""
_MIN_NAMES, _TITLE_SHARE = 6, 0.6

_WORDS = """
midi mid midis mids kar kars karaoke file files folder folders song songs music musik musica tune
tunes track tracks artist artists band bands singer singers group groups album albums title titles
drum drums drummer drummers drumming percussion loop loops groove grooves fill fills beat beats
pattern patterns sample samples kit kits take takes bass piano guitar keys vocal vocals backing
instrumental instrumentals
rock pop jazz blues metal punk funk soul disco reggae ska dub hip hop hiphop rap rnb edm electronic
electronica electro techno house trance dance dnb jungle ambient country folk gospel latin latino
bossa nova samba salsa tango rumba mambo swing fusion classical classic classics klassik schlager
oldies oldie world ethnic christmas xmas hymn hymns indie alternative grunge prog progressive hard
heavy thrash death black doom hardcore acoustic soundtrack soundtracks ost film films movie movies
tv theme themes game games videogame videogames anime musical musicals children kids national anthem
anthems ballad ballads
misc miscellaneous other others various unknown unsorted sorted general mixed mix mixes medley
medleys compilation compilations collection collections archive archives library libraries pack
packs set sets disc disk cd cds dvd vol volume volumes part parts pt number no chapter side
new old copy kopie copia untitled temp tmp test tests backup backups download downloads desktop
documents document data stuff export exports output outputs zip usb drive my the of by a an and
to all best greatest hits hit top favorites favourites complete full final version versions clean
original originals cover covers live demo demos remix remixes edit english german italian french
spanish brazilian japanese dutch swedish
"""
_NOT_ARTISTS = frozenset(_WORDS.split())
_COUNTS = re.compile(r"\d{1,2}|\d{5,}|(?:1[5-9]|20)\d\d(?:s)?|\d{1,2}s|[a-z]|v\d+")
"""Words that count or sort: numbers (not `311` or `808`), years, `80s`, letters, `v2`."""

_SUFFIXES = re.compile(r"(?:\.(?:midi?|kar|rmi|smf|mp3|gp[345x]?|zip)\s*)+\Z", re.IGNORECASE)
_JUNK = (
    r"(?:complete|karaoke|kar|midi?|final|fixed|full|gm2?|gs|xg|copy|kopie|drums?"
    r"|drum track|drums only|no drums|instrumental|instr|live|remix|demo|cover|version|edit|clean"
    r"|ver\.? ?\d+|v\.? ?\d+(?:\.\d+)?|rev\.? ?\d+|take ?\d+|\d{1,2}|type ?[01]|\d{2,3} ?bpm)"
)
_IS_JUNK = re.compile(rf"(?:\s*\b{_JUNK}\b)+\s*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)|\[[^\[\]]*\]|\{[^{}]*\}")
_TAIL = re.compile(
    r"[\s_,-]+(?:complete|karaoke version|karaoke|kar|midi?|fixed|final|copy|kopie|drums?"
    r"|drum track|drums only|no drums|v\.? ?\d+(?:\.\d+)?|ver\.? ?\d+|gm2?|xg|\d{2,3} ?bpm)\Z",
    re.IGNORECASE,
)
_TAIL_K = re.compile(r"[\s_]+K\Z")
_SITE = re.compile(
    r"(?:\bwww\.)?\b[\w-]{2,40}\.(?:com|net|org|info|co\.uk|de|fr|it|nl|ru|br|es)\b"
    r"|\b(?:bitmidi|freemidi|midiworld|mididb|hamienet|midishow|musescore|nonstop2k)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\A(?:(?:\d{1,2}|0\d\d)(?:\s*[.)]\s*(?=\D)|\s*-\s+)|0\d\d?[\s_-]+)")
"""Of a track, at the start of a name; not that of `50 Cent`, `2Pac`, `10cc` or `311 - Down`."""
_FEATURING = re.compile(r"[\s(]+(?:feat|ft|featuring)\b\.?.*\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"(.+),\s*(the|a|an|los|las|les|die|der)\Z", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"([^\s,]+(?: [^\s,]+)?),\s*([^\s,&]+(?: [^\s,&]+)?)\Z")
_DASH = re.compile(r"[\s_]+-+[\s_]+")
_DOTS = re.compile(r"(?<=\w\w)\.(?=\w\w)|\.(?=-\.)|(?<=\.-)\.")
_LETTER = re.compile(r"[^\W_]")
_SITE_SIGN = re.compile(r"\.[a-z]{2}|midi|muse|hamie|nonstop", re.IGNORECASE)
"""What every site has, so that most names are not looked through."""
_EDGES = " \t-_,~"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Guess:
    """Whose song a file may be."""

    artist: str
    title: str
    weight: float
    """0-1, how far the name alone can be trusted."""
    rival: str = ""
    """Who else the artist would be if artist and title are the other way round; empty where they
    cannot be.
    """


def read_name(path_below_library: PurePath, titles_first: bool = False) -> tuple[Guess, ...]:
    """Whose song a file may be by its path below a library, the likeliest first, each artist once;
    empty where nothing can be told. `titles_first`: as `titles_first` says of its folder.
    """
    folders = folder_artists(path_below_library.parent)
    return name_guesses(path_below_library.name, folders, titles_first)


def folder_artists(below_library: PurePath) -> tuple[tuple[str, float], ...]:
    """(name, weight) of what the folders above a file may be called after, the likeliest first."""
    names = []
    for part in below_library.parts[-_MAX_FOLDERS:]:
        name = _tidy(part)
        if _can_be_artist(name):
            names.append(_whole(name))
    weights = [FOLDER] if len(names) == 1 else [OUTER, *[INNER] * len(names)]
    return tuple(
        (spelling, weight)
        for name, weight in zip(names, weights, strict=False)
        for spelling in _spellings(name)
    )


def name_guesses(
    file_name: str, folders: tuple[tuple[str, float], ...], titles_first: bool = False
) -> tuple[Guess, ...]:
    """The guesses of a file in a folder for which `folder_artists` gave `folders`."""
    stem = _tidy(_SUFFIXES.sub("", file_name[:_MAX_LENGTH]))
    sides = _sides(stem, titles_first, bool(folders))
    by_key = {artist_key(artist): artist for artist, _ in folders}
    title = _whole(stem)
    agreed = None
    for first, last, _ in sides:
        if artist_key(first) in by_key:
            agreed, title = artist_key(first), last
    found: dict[str, Guess] = {}
    for artist, weight in folders:
        key = artist_key(artist)
        weight = AGREED if key == agreed else weight
        found.setdefault(key, Guess(artist, title, weight))
    if agreed is None:
        for artist, other, weight in sides:
            # A weak form beside a folder that can be the artist says nothing.
            if folders and weight < FIRST_IN_FOLDER:
                continue
            for spelling in _spellings(artist):
                key = artist_key(spelling)
                found.setdefault(key, Guess(spelling, other, weight, other))
    found.pop("", None)
    return tuple(sorted(found.values(), key=lambda guess: -guess.weight))


def title_of(file_name: str) -> str:
    """The title where no artist is told: the name without what does not belong to it."""
    return _whole(_tidy(_SUFFIXES.sub("", file_name[:_MAX_LENGTH])))


def titles_first(file_names: Iterable[str]) -> bool:
    """Whether the names in a folder are written `Title - Artist`: artists come again, titles
    hardly. False where it cannot be told.
    """
    firsts, lasts, count = set(), set(), 0
    for name in file_names:
        # Only roughly: it is asked of every name each time that a library is looked through.
        first, dash, last = name.replace("_", " ").partition(" - ")
        if dash and first.strip(" .0123456789") and " - " not in last:
            firsts.add(first.strip().lower())
            lasts.add(last.partition(".")[0].partition("(")[0].strip().lower())
            count += 1
    return count >= _MIN_NAMES and len(lasts) <= _TITLE_SHARE * len(firsts)


def artist_key(name: str) -> str:
    """What all spellings of an artist in names of files share: `AC/DC`, `AC-DC`, `ACDC`."""
    return normalise_name(_CAMEL.sub(" ", name)).replace(" ", "")


def holds(weight: float, rival: bool, own_files: int, rival_files: int) -> bool:
    """Whether a guess counts, where `own_files` of the library speak for its artist and
    `rival_files` for the other side of its name. Weak ones of a well-known artist do, so they are
    never the most of what is learnt about one.
    """
    if rival and own_files >= _WELL_KNOWN and rival_files <= _HARDLY_KNOWN:
        return True
    if rival and rival_files >= _WELL_KNOWN and own_files <= _HARDLY_KNOWN:
        return False
    return weight >= ENOUGH


def _sides(stem: str, titles_first: bool, in_folder: bool) -> list[tuple[str, str, float]]:
    """(artist, title, weight) of what may be the two sides of a name."""
    parts = [part for part in map(str.strip, _DASH.split(stem)) if part]
    while len(parts) > 1 and _IS_JUNK.fullmatch(parts[-1].replace("_", " ")):
        del parts[-1]
    first, last = (FIRST_IN_FOLDER, LAST) if in_folder else (FIRST, LAST)
    if len(parts) == 1:
        words = parts[0].split("-") if " " not in parts[0] else []
        if len(words) == 2 and all(len(word) > 2 for word in words):
            parts, first, last = words, HYPHEN, HYPHEN_LAST
        elif " " not in parts[0] and len(words := parts[0].split("_")) == 2:
            parts, first, last = words, WORDS, 0.0
    parts = [_whole(part) for part in parts]
    if len(parts) < 2:
        return []
    if titles_first and len(parts) == 2 and last == LAST:
        first, last = last, first
    sides = []
    for artist, title, weight in ((parts[0], parts[-1], first), (parts[-1], parts[0], last)):
        artist = _FEATURING.sub("", artist)
        if weight and _can_be_artist(artist):
            sides.append((artist, title, weight))
    return sides


def _tidy(name: str) -> str:
    """A name without what collectors and sites put into it; underscores stay."""
    text = name[:_MAX_LENGTH].replace("%20", " ").replace("\u2013", "-").replace("\u2014", "-")
    bare = _IN_BRACKETS.sub(_unbracketed, _SITE.sub(" ", text) if _SITE_SIGN.search(text) else text)
    text = (bare if _LETTER.search(bare) else text).strip(_EDGES)
    if " " not in text:
        text = _DOTS.sub(" ", text if "_" in text else text.replace("+", " "))
        text = text.replace("_-_", " - ")
    for junk in (_NUMBER, _TAIL, _TAIL_K):
        # As long as anything is left: `Drums (1) final COMPLETE`.
        while (shorter := junk.sub("", text).strip(_EDGES)) != text and _LETTER.search(shorter):
            text = shorter
    return text


def _unbracketed(match: "re.Match[str]") -> str:
    """What to put in the place of brackets: nothing, but for round ones with words of a title."""
    inner = match[1]
    if inner is None or _IS_JUNK.fullmatch(inner.replace("_", " ")) or not _can_be_artist(inner):
        return " "
    return match[0]


def _whole(text: str) -> str:
    """A side of a name as people write it: spaces for underscores, `BackInBlack` in words."""
    text = " ".join(text.replace("_", " ").split())
    return text if " " in text else _CAMEL.sub(" ", text)


def _spellings(artist: str) -> tuple[str, ...]:
    """An artist as it would be asked for: `Beatles, The`, `Hendrix, Jimi`."""
    if match := _ARTICLE.match(artist):
        return (f"{match[2]} {match[1]}",)
    if match := _SURNAME_FIRST.match(artist):
        return (f"{match[2]} {match[1]}", artist)
    return (artist,)


def _can_be_artist(name: str) -> bool:
    """Whether a name is not only letters to sort by, a genre, or what folders are called."""
    words = normalise_name(name).split()
    return (
        0 < len(words) <= _MAX_ARTIST_WORDS
        and 1 < len(name) <= _MAX_ARTIST_LENGTH
        and any(c.isalnum() for c in name)
        and not all(word in _NOT_ARTISTS or _COUNTS.fullmatch(word) for word in words)
    )
