"""Who writes about music, and what their word is worth.

Conventions: a host stands for its subdomains too. A weight is 0-1 and multiplies how sure the words
themselves are. These are judgements: those who write for drummers describe playing best, the music
press describes it often, everybody else seldom.
"""

from urllib.parse import urlsplit

DRUM_PRESS, MUSIC_PRESS, NEWS = 0.8, 0.65, 0.55
OTHER = 0.4
"""Of a page that nobody listed."""

_FOR_DRUMMERS = """
moderndrummer.com drummagazine.com drummerworld.com drumeo.com drumheadmag.com mikedolbear.com
notsomoderndrummer.com drummersresource.com pas.org thedrummersjournal.com vicfirth.com
zildjian.com sabian.com paiste.com drummercafe.com drumchannel.com beatit.tv cruiseshipdrummer.com
"""
_ABOUT_MUSIC = """
musicradar.com soundonsound.com mixonline.com tapeop.com reverb.com rollingstone.com pitchfork.com
nme.com spin.com billboard.com mojo4music.com uncut.co.uk loudersound.com loudwire.com
ultimateclassicrock.com kerrang.com metalinjection.net decibelmagazine.com revolvermag.com
stereogum.com consequence.net pastemagazine.com popmatters.com thequietus.com thewire.co.uk
factmag.com ra.co xlr8r.com redbullmusicacademy.com waxpoetics.com okayplayer.com passionweiss.com
hiphopdx.com allhiphop.com xxlmag.com daily.bandcamp.com allmusic.com rockhall.com
progarchives.com drownedinsound.com downbeat.com jazztimes.com jazzwise.com allaboutjazz.com
londonjazznews.com okayafrica.com afropop.org reggaeville.com songlines.co.uk
americansongwriter.com
"""
_ABOUT_EVERYTHING = """
theguardian.com bbc.co.uk bbc.com npr.org independent.co.uk latimes.com vice.com slate.com
theatlantic.com britannica.com smithsonianmag.com cbc.ca abc.net.au irishtimes.com vulture.com
avclub.com
"""
PRESS = (
    dict.fromkeys(_ABOUT_EVERYTHING.split(), NEWS)
    | dict.fromkeys(_ABOUT_MUSIC.split(), MUSIC_PRESS)
    | dict.fromkeys(_FOR_DRUMMERS.split(), DRUM_PRESS)
)
"""What the word of each host is worth."""

_NO_ARTICLES = """
youtube.com youtu.be facebook.com instagram.com x.com twitter.com tiktok.com reddit.com
pinterest.com spotify.com apple.com amazon.com deezer.com soundcloud.com tidal.com last.fm
discogs.com musicbrainz.org imdb.com genius.com azlyrics.com songfacts.com setlist.fm
wikipedia.org wikidata.org musescore.com songsterr.com ultimate-guitar.com ebay.com quora.com
"""
NO_ARTICLES = frozenset(_NO_ARTICLES.split())
"""What a search finds too, and where there is no prose about playing; most of it is closed to
programs as well, or a source of its own.
"""


def host_of(url: str) -> str:
    """The host that an address names, in lower case and without "www."; empty where it is no web
    address.
    """
    if not url.isprintable() or " " in url:  # or it would be shown as another than is opened
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def weight_of(url: str) -> float:
    """What the word of a page is worth, 0-1."""
    return next((PRESS[host] for host in _hosts(url) if host in PRESS), OTHER)


def is_press(url: str) -> bool:
    """Whether a page is of somebody who writes about music."""
    return any(host in PRESS for host in _hosts(url))


def can_be_article(url: str) -> bool:
    """Whether a page that a search found is worth opening."""
    return bool(host_of(url)) and not any(host in NO_ARTICLES for host in _hosts(url))


def _hosts(url: str) -> list[str]:
    """The host and the domains above it, the narrowest first."""
    labels = host_of(url).split(".")
    return [".".join(labels[index:]) for index in range(len(labels))]
