"""XML from strangers: read, or refused before it does harm."""

import time

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.sources.safe_xml import parse_xml

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<feed>&d;</feed>"""
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]><x>&e;</x>'
QUADRATIC = b'<!DOCTYPE x [<!ENTITY e "' + b"A" * 100_000 + b'">]><x>' + b"&e;" * 1000 + b"</x>"


def test_names_have_their_namespaces_and_text_is_whole() -> None:
    root = parse_xml(
        b'<a xmlns="urn:x" xmlns:y="urn:y"><y:b k="v">1 &amp; 2<![CDATA[<3>]]></y:b></a>'
    )
    assert root.tag == "{urn:x}a"
    assert root.findtext("{urn:y}b") == "1 & 2<3>"
    assert root[0].attrib == {"k": "v"}


def test_other_encodings_are_read() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>Mot\xf6rhead</a>'
    assert parse_xml(text.encode("latin-1")).text == "Mot\xf6rhead"


@pytest.mark.parametrize("body", [LAUGHS, OUTSIDE, QUADRATIC, b"<!DOCTYPE html><html></html>"])
def test_a_document_type_is_refused_at_once(body: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(SourceUnavailable):
        parse_xml(body)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Rate exceeded.",
        b"<feed><entry></feed>",
        b"<html><body>busy</body></html>",
        b'{"error": 1}',
        b"<a>\x00</a>",
        b"<a>\xff\xfe</a>",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b"<a>&undeclared;</a>",
        b"<a>" * 60 + b"</a>" * 60,
        b"<r>" + b"<a/>" * 60_000 + b"</r>",
    ],
)
def test_what_is_no_xml_or_too_much_of_it_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(SourceUnavailable, match="answered with"):
        parse_xml(body)
