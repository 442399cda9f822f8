"""The way out to the network: one layer for all sources, which keeps to the rules of the sites.

    client       what sources ask through: cache, turns, tries, redirects
    call         what is asked of whom; where a redirect turns it
    pace         turns: how often a site is asked, by how many at once
    trouble      what went wrong in the user's words; what another try is worth
    wire         one question out, one answer in, to addresses that were judged
    addresses    which addresses are of the public internet
    bodies       bodies of limited size, unpacked piece by piece
    robots       what sites let programs read
    cache        bodies of metadata on disk
    secret       addresses without secrets
    limits       how long and how far anything goes

Conventions: httpx and what it stands on are imported with the first question, not before.
"""

from mididrumigen.fetch.addresses import places_of
from mididrumigen.fetch.cache import Cache
from mididrumigen.fetch.client import Fetch
from mididrumigen.fetch.limits import Limits

__all__ = ["Cache", "Fetch", "Limits", "places_of"]
