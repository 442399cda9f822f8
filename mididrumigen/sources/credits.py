"""Whether a credit says that somebody drums.

Conventions: roles are as records and sites print them, several in one text, with remarks in
brackets: "Drums [Additional], Percussion", "Drums & Percussion", "drums (drum set)". Programming,
machines and technicians are no drummers; percussion alone is not the drum kit.
"""

import re

_ROLE = re.compile(r"(?:[^,;/&()\[\]]|\([^()]*\)|\[[^\[\]]*\])+")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DRUMS = frozenset(
    {"drum", "drums", "drummer", "drum set", "drum kit", "drumset", "drumkit", "live drums"}
    | {"acoustic drums", "electronic drums", "electronic drum set"}
)
_NO_DRUMMER = re.compile(
    r"\b(?:program\w*|sampl\w*|loops?|tech\w*|machine|additional|engineer\w*|edit\w*)\b",
    re.IGNORECASE,
)


def is_drummer(role: str) -> bool:
    """Whether one of the roles in a text is to play the drums."""
    return any(
        " ".join(_REMARK.sub(" ", each).lower().split()) in _DRUMS and not _NO_DRUMMER.search(each)
        for each in _ROLE.findall(role)
    )
