"""Whether a few words in an encyclopedia describe a musician or a band. Pure."""

import re

_SUBJECT = re.compile(
    r"\b(?:(?P<maker>bands?|drummer|percussionist|musicians?|singer|rapper|guitarist|bassist"
    r"|pianist|keyboardist|trumpeter|saxophonist|bandleader|songwriter|composer|producer|duo|trio"
    r"|quartet|quintet|supergroup|collective|dj|orchestra|ensemble|(?:rock|pop|vocal|hip.hop|rap"
    r"|music|musical|folk|jazz|punk|metal|soul|funk|boy|girl) groups?)"
    r"|(?:film|television|theatre) producer|albums?|songs?|singles?|films?|novel|magazine|labels?"
    r"|genre|festival|series|discography|concert|soundtrack|instrumental|EP)\b",
    re.IGNORECASE,
)
"""What a page may be about: the last such word before "by", "who" and the like is it, as in "film
composer" and "band discography".
"""
_BY = re.compile(r"\b(?:by|known|who|which|whose|from|best|formed|featuring)\b")


def makes_music(told: str) -> bool:
    """Whether "English rock band (1968-1980)" or the first sentence of an article is about somebody
    who makes music, not about a record, a film or a writer.
    """
    *_, last = (None, *_SUBJECT.finditer(_BY.split(told, maxsplit=1)[0]))
    return last is not None and last["maker"] is not None
