"""The other five of the ten: a band of three drummers, a duo, a name in other letters, a name that
two have, and one whom nobody knows. All invented.
"""

from tests.planted.people import Article, Member, Page, Someone, Song, Truth, prose, these, wiki

THREE_DRUMMERS = Someone(
    "Glass Harbour",
    "group",
    votes=40,
    genres=("new wave", "synth-pop"),
    members=(
        Member("Nils Arden", 1979, 1984),
        Member("Petra Lowe", 1984, 1991),
        Member("Samuel Oke", 1991, None),
        Member("Ruth Ellery", 1979, None, "lead vocals"),
    ),
    songs=(
        Song("Signal Bridge", 124.0, drummer="Nils Arden"),
        Song("Winter Ferries", 118.0, {"acousticbrainz": 59.0}, "Nils Arden"),
        Song("Paper Compass", 128.0, {"reccobeats": 64.0}, "Petra Lowe"),
        Song("The Understudy", 122.0, drummer="Petra Lowe"),
        Song("Mercury Street", 130.0, {"deezer": None}, "Samuel Oke"),
        Song("Halogen", 126.0, drummer="Samuel Oke"),
    ),
    page="Glass Harbour",
    about="English new wave band",
    text=wiki("""
Glass Harbour are an English new wave band formed in Bristol in 1979.

== History ==
Drummer Nils Arden left in 1984 and was replaced by Petra Lowe. Samuel Oke joined in 1991.

== Members ==
* Ruth Ellery -- lead vocals (1979--present)
* Nils Arden -- drums (1979--1984)
* Petra Lowe -- drums (1984--1991)
* Samuel Oke -- drums (1991--present)
"""),
    pages=(
        Page(
            "Nils Arden",
            "English drummer",
            wiki("""
Nils Arden is an English drummer, a founding member of Glass Harbour.

== Style ==
Arden plays busy sixteenth-note hi-hat patterns and many ghost notes. He pushes the beat.
"""),
        ),
        Page(
            "Petra Lowe",
            "German drummer",
            wiki("""
Petra Lowe is a German drummer who played with Glass Harbour from 1984 to 1991.

== Style ==
Lowe is a metronomic drummer. She plays simple beats and never plays fills.
"""),
        ),
        Page(
            "Samuel Oke (drummer)",
            "British drummer",
            wiki("""
Samuel Oke is a British drummer with Glass Harbour.

== Style ==
Oke hits hard and is known for long fills around the toms.
"""),
        ),
    ),
    articles=(
        Article(
            "drummerworld",
            "/drummers/Petra_Lowe.html",
            "Petra Lowe",
            prose("""
Petra Lowe of Glass Harbour is rock solid: metronomic time, simple beats.
"""),
        ),
    ),
    truth=Truth(
        (116, 132),
        told=these(
            "ghost_share+ hits_per_quarter.hat+ push_ms.snare- timing_sd_ms-"
            " fill_rate- velocity_mean+ hits_per_quarter.tom+ fill_quarters+"
        ),
        fair=these("hits_per_quarter+ hits_per_quarter- syncopation-"),
        drummers=(
            ("Nils Arden", "1979-1984"),
            ("Petra Lowe", "1984-1991"),
            ("Samuel Oke", "1991-"),
        ),
        genres=frozenset({"new wave", "synth-pop"}),
    ),
)

TRIBUTE = Someone(
    "Glass Harbour Tribute",
    "group",
    in_wikidata=False,
    votes=1,
    songs=(Song("Signal Bridge (Tribute)", 150.0), Song("Halogen (Tribute)", 152.0)),
)
"""Nobody asks for them: a trap."""

DUO = Someone(
    "Paper Foxes",
    "group",
    genres=("garage rock", "indie rock"),
    members=(
        Member("Mina Hartley", 2004, None),
        Member("Theo Brandt", 2004, None, "guitar"),
    ),
    songs=(
        Song("Matchbox Choir", 138.0),
        Song("Hollow Teeth", 144.0, {"acousticbrainz": 72.0}),
        Song("Dog Days Over", 132.0),
        Song("Fire Escape Waltz", 150.0, {"reccobeats": None}),
        Song("Static Bride", 140.0, {"deezer": None}),
    ),
    page="Paper Foxes",
    about="Canadian rock duo",
    text=wiki("""
Paper Foxes are a Canadian garage rock duo of guitarist Theo Brandt and drummer Mina Hartley.

== Style ==
Hartley plays loud, simple beats with plenty of floor tom. She does not play ghost notes. She
often crashes on every downbeat. Brandt plays fast, syncopated guitar riffs ahead of the beat.
"""),
    bio="Paper Foxes are a Canadian duo. Mina Hartley pounds the drums.",
    truth=Truth(
        (130, 152),
        told=these("velocity_mean+ hits_per_quarter- ghost_share- crash_rate+ kit.tom_floor_low"),
        fair=these("hits_per_quarter.tom+ syncopation-"),
        drummers=(("Mina Hartley", "2004-"),),
        genres=frozenset({"garage rock", "indie rock"}),
    ),
)

OTHER_LETTERS = Someone(
    "夜光列車",
    "group",
    aliases=("Yako Ressha",),
    genres=("power metal", "speed metal"),
    members=(Member("Kenji Moriwaki", 1999, None),),
    songs=(
        Song("銀河の果て", 168.0, {"acousticbrainz": 84.0}),
        Song("Midnight Express Zero", 176.0),
        Song("終着駅", 172.0, {"reccobeats": 86.0}),
        Song("Steel Signal", 180.0, {"deezer": None}),
        Song("夜明け前", 174.0),
    ),
    page="Yako Ressha",
    about="Japanese power metal band",
    text=wiki("""
Yako Ressha (夜光列車) are a Japanese power metal band formed in Osaka in 1999.

== Musical style ==
Drummer Kenji Moriwaki plays fast double kick patterns and precise, machine-like sixteenth
notes. He is also known for blast beats. The band's former guitarist Akira Senda plays laid-back
blues.
"""),
    truth=Truth(
        (164, 184),
        told=these("double_kick+ timing_sd_ms- groove.blast_beat"),
        fair=these("hits_per_quarter+ hits_per_quarter.kick+"),
        drummers=(("Kenji Moriwaki", "1999-"),),
        genres=frozenset({"power metal", "speed metal"}),
    ),
)

SHARED = Page(
    "Marlowe",
    "Topics referred to by the same term",
    wiki("""
Marlowe may refer to:
"""),
    lists_several=True,
)

NAMESAKE = Someone(
    "Marlowe",
    "group",
    key="Marlowe the band",
    disambiguation="English post-punk band",
    votes=12,
    genres=("post-punk",),
    members=(Member("Edie Cross", 1981, 1990),),
    songs=(
        Song("Concrete Orchard", 148.0),
        Song("Vacant Lot Hymn", 154.0, {"acousticbrainz": 77.0}),
        Song("Parish Boys", 151.0),
        Song("Sodium", 158.0),
    ),
    page="Marlowe (band)",
    about="English post-punk band",
    text=wiki("""
Marlowe were an English post-punk band formed in Hull in 1981.

== Style ==
Drummer Edie Cross drove the songs with floor tom patterns and avoided cymbals. Cross played
ahead of the beat.
"""),
    pages=(SHARED,),
    articles=(
        Article(
            "web",
            "/house/marlowe",
            "Marlowe drops new house EP",
            prose("""
Producer Marlowe programs four-on-the-floor drums at 126 BPM with swung sixteenths and crisp
hi-hats.
"""),
        ),
    ),
    truth=Truth(
        (146, 160),
        told=these("hits_per_quarter.tom+ push_ms.snare-"),
        fair=these("crash_rate- ride_share- kit.tom_floor_low"),
        drummers=(("Edie Cross", "1981-1990"),),
        genres=frozenset({"post-punk"}),
    ),
)

OTHER_NAMESAKE = Someone(
    "Marlowe",
    key="Marlowe the producer",
    disambiguation="American house producer",
    votes=11,
    genres=("house", "deep house"),
    songs=(
        Song("Basement Sun", 124.0),
        Song("Glow Index", 126.0),
        Song("Parlour Trick", 125.0),
        Song("Night Bus Dub", 122.0, {"reccobeats": 61.0}),
    ),
    truth=Truth((120, 128), genres=frozenset({"house", "deep house"})),
)

NOBODY = Someone("Quillon Tarn", in_musicbrainz=False, in_wikidata=False, in_catalogues=False)
