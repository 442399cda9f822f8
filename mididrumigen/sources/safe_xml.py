"""XML from strangers -> a tree, or a sentence.

Conventions: a document type is refused at its first word, so that no entity is ever declared,
expanded or fetched; so is a tree deeper than any feed. Names are "{namespace}name", as
`xml.etree` writes them.
"""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from mididrumigen.errors import SourceUnavailable

_MAX_DEPTH = 50
_MAX_ELEMENTS = 50_000


def parse_xml(body: bytes) -> Element:
    """The root of a document; raises SourceUnavailable where it is none, or none that is safe."""
    if body.lstrip()[:5].lower() in (b"<html", b"<!doc"):
        raise SourceUnavailable("answered with a web page instead of XML")
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _MAX_DEPTH or count > _MAX_ELEMENTS:
            raise SourceUnavailable("answered with XML that is too large")
        builder.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(name))

    def refuse(*_: Any) -> None:
        raise SourceUnavailable("answered with XML of a document type, which is not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceUnavailable("answered with something that is no XML") from error


def _named(name: str) -> str:
    return "{" + name if "}" in name else name
