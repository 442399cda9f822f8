"""Articles about drummers -> what they claim, sentence by sentence.

    claims_of(text, Names("Toto", drummers=("Jeff Porcaro",), songs=("Rosanna",)))

Pure and synchronous, no model: tables of words (`words_*`), and grammar enough to tell of whom and
of which song they are said. Time is linear in the length of the text, and never more than some
seconds.
"""

from mididrumigen.prose.claims import Claim, Names
from mididrumigen.prose.quotes import best_quote
from mididrumigen.prose.reading import read

__all__ = ["Claim", "Names", "best_quote", "claims_of"]


def claims_of(
    text: str, names: Names, *, has_sections: bool = False, is_about: bool | None = None
) -> list[Claim]:
    """What `text` claims of the artist of `names`, in the order of the text; empty if nothing.

    `text` is plain, paragraphs divided by empty lines; with `has_sections` lines such as
    `== Style ==` are headings: style and equipment weigh more, discographies, awards and references
    are skipped. `is_about`: True where the text is about the artist throughout (the own article, a
    note on the own song), so that a sentence that names nobody is his; False where it only mentions
    him; None: judged by whom the text names first and most. Never raises on any text.
    """
    return read(text, names, has_sections, is_about)
