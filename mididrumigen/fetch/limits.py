"""How long and how far anything goes at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of every call; what a site's own card says stands there."""

    connect_s: float = 10.0
    """Until a connection is made."""
    read_s: float = 20.0
    """Without a single byte."""
    total_s: float = 45.0
    """Under way, over all tries and redirects of a call; waiting for turns does not count."""
    wait_s: float = 60.0
    """What a site may ask us to wait before another try; for longer it is left alone."""
    rest_s: float = 86_400.0
    """How long a site is left alone at most."""
    crawl_delay_s: float = 30.0
    """What robots.txt may ask for between two pages; more is taken for this."""
    redirects: int = 5
