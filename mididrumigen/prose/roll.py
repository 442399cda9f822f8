"""Everybody who is known: from `Names`, and from the text as far as it was read."""

from mididrumigen.prose.claims import Names
from mididrumigen.prose.tokens import Token, tokens_of, word_set
from mididrumigen.prose.words_grammar import NO_NAMES

_TITLES = word_set("mr mrs ms sir dr professor dj saint")
_INITIALS = 3


class Roll:
    """Everybody who is known: from `Names`, and from the text as far as it was read."""

    def __init__(self, names: Names) -> None:
        self._who: dict[tuple[str, ...], str | None] = {}
        self._last: dict[str, str | None] = {}
        """A surname or first name -> whose it is, as the text used it last."""
        self.is_band = names.is_group or (
            bool(names.drummers) and names.artist not in names.drummers
        )
        self.artist = names.artist
        for other in names.others:
            self._add(other, None, parts=True)
        for name in (names.artist, *names.aliases):
            self._add(name, "", parts=not self.is_band)
        for drummer in names.drummers:
            if drummer != names.artist:
                self._add(drummer, drummer, parts=True)
        self._songs = {
            tuple(t.word for t in tokens_of(song)): song for song in names.songs if song.strip()
        }
        self._given = dict(self._last)
        self._longest_song = max(map(len, self._songs), default=0)

    def _add(self, name: str, who: str | None, parts: bool) -> None:
        words = _bare(name)
        if not words:
            return
        self._who[words] = who
        if words[0] == "the" and len(words) > 1:
            self._who[words[1:]] = who
        if parts and len(words) > 1:
            for part in (words[-1], words[0]):
                if len(part) > 2 and part not in NO_NAMES:
                    self._last[part] = who

    def begin(self) -> None:
        """A new paragraph: a surname that somebody else has too is the artist's again."""
        self._last.update(self._given)

    def names_somebody(self, words: tuple[str, ...]) -> bool:
        """Whether these words are a name that is known."""
        return words in self._who or (len(words) == 1 and words[0] in self._last)

    def whose(self, words: tuple[str, ...]) -> str | None:
        """Who is called so, None for another; and remembers a full name for its parts."""
        while words and words[0] in _TITLES:
            words = words[1:]
        if words in self._who:
            who = self._who[words]
        elif len(words) == 1:
            return self._last.get(words[0])
        else:
            who = None
        if len(words) > 1:
            is_artist_band = self.is_band and who == ""
            if not is_artist_band:
                self._last[words[-1]] = who
                if who is not None or words[0] not in self._last:
                    self._last[words[0]] = who
        return who

    def who_answers(self, name: str) -> str | None:
        """Whose answer follows a name or initials: "Porcaro", "PORCARO", "JP"; None for another."""
        words = _bare(name)
        if len(words) == 1 and name.isupper() and len(name) <= _INITIALS:
            initials = {"".join(w[0] for w in known): who for known, who in self._who.items()}
            return initials.get(words[0])
        if words in self._who:
            return self._who[words]
        return self._last.get(words[-1]) if words else None

    def song_at(self, tokens: list[Token], at: int) -> tuple[int, str] | None:
        """Last token and title of a song of the artist that is named from token `at` on."""
        for size in range(min(self._longest_song, len(tokens) - at), 0, -1):
            song = self._songs.get(tuple(t.word for t in tokens[at : at + size]))
            if song is not None:
                return at + size - 1, song
        return None


def _bare(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens_of(name))
