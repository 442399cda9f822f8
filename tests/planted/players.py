"""Five of the ten: a rock drummer, a jazz drummer, a producer of hip-hop, a band of which Wikipedia
alone knows, and one whose sites disagree. All invented.
"""

from tests.planted.people import Article, Someone, Song, Truth, prose, these, wiki

ROCK = Someone(
    "Tobin Hesketh",
    drums=True,
    genres=("hard rock", "blues rock"),
    bands=("Iron Meridian",),
    songs=(
        Song("Harbour Lights Down", 92.0),
        Song("Gravel and Rain", 88.0, {"acousticbrainz": 176.0}),
        Song("The Long Quarry", 96.0, {"reccobeats": None}),
        Song("Northern Wire", 84.0, {"deezer": None}),
        Song("Salt Road", 90.0),
        Song("Anvil Morning", 100.0, {"acousticbrainz": None}),
        Song("Copper Weather", 94.0, {"reccobeats": 188.0}),
        Song("Slow Ferry", 104.0),
    ),
    page="Tobin Hesketh",
    about="English rock drummer",
    text=wiki("""
Tobin Hesketh (born 12 March 1955) is an English drummer, best known as the founding drummer of
the rock band Iron Meridian.

== Career ==
Hesketh joined Iron Meridian in 1974 and left in 1988. He was replaced by Carl Voss, whose
double kick rolls and frantic fills changed the sound of the band. Voss always rushed ahead of
the beat.

== Playing style ==
Hesketh plays behind the beat, and his snare falls late. He is a hard hitter whose backbeat was
felt as much as heard. He never used a double kick pedal. Critics praised his ghost notes on the
snare. He used a cowbell on many songs.

== Legacy ==
Other drummers have named him as an influence. The jazz drummer Ola Brandt, known for his
brushes and his swung ride cymbal, called him a friend.
"""),
    articles=(
        Article(
            "moderndrummer",
            "/2011/05/tobin-hesketh/",
            "Tobin Hesketh: The Weight of the Two",
            prose("""
Tobin Hesketh has been playing drums for forty years, and he still hits hard.

Hesketh lays back on the snare so far that engineers used to ask whether the tape was running
slow. He drags the beat without ever losing it, and he plays few fills.

By contrast, his successor Carl Voss played twin bass drums at 180 BPM.
"""),
        ),
        Article(
            "drummerworld",
            "/drummers/Tobin_Hesketh.html",
            "Tobin Hesketh",
            prose("""
Tobin Hesketh was born in Hull. His snare drum sits well behind the beat, and ghost notes fill
the space between his backbeats.

He recorded eleven albums with Iron Meridian and has taught drums ever since.
"""),
        ),
        Article(
            "web",
            "/features/iron-meridian",
            "Iron Meridian at fifty",
            prose("""
When Tobin Hesketh sat down at the drums, the room got louder. Hesketh is a powerful drummer who
favours a simple beat.

Their song Salt Road runs at about 90 BPM. The follow-up by The Tin Prophets, a much faster
song, is 172 BPM.

Guitarist Joe Marsh is known for his swung sixteenth notes.
"""),
        ),
    ),
    truth=Truth(
        (84, 104),
        told=these(
            "push_ms.snare+ velocity_mean+ ghost_share+ double_kick- fill_rate-"
            " hits_per_quarter- kit.cowbell"
        ),
        fair=these("backbeat_velocity+ syncopation-"),
        genres=frozenset({"hard rock", "blues rock"}),
    ),
)

JAZZ = Someone(
    "Leonora Vance",
    drums=True,
    votes=30,
    genres=("hard bop", "jazz"),
    songs=(
        Song("Blue Ledger", 132.0, {"acousticbrainz": 66.0}),
        Song("Tram Number Nine", 144.0),
        Song("Esther's Window", 138.0, {"deezer": None}),
        Song("Three for the Ferryman", 150.0),
        Song("Cold Cellar Blues", 126.0, {"reccobeats": 252.0}),
        Song("Seven Candles", 141.0),
        Song("A Ballad for No One", 62.0, {"deezer": None}),
    ),
    page="Leonora Vance",
    about="American jazz drummer",
    text=wiki("""
Leonora Vance (born 1938) is an American jazz drummer and bandleader.

== Style ==
Vance plays with a strong swing feel, and carries the time on the ride cymbal. She often used
brushes. Her touch is light, and she plays quietly even in a big band. Unlike Rex Dalloway, who
was a loud drummer with thunderous tom rolls, Vance rarely played a backbeat.

== Reception ==
A reviewer wrote that Vance swings hard. Dalloway was also known for two bass drums.
"""),
    articles=(
        Article(
            "web",
            "/profiles/vance",
            "The quiet fire of Leonora Vance",
            prose("""
Drummer Leonora Vance keeps the ride cymbal singing; her eighth notes are swung, her left hand
chatters with ghost notes.

Her version of Tram Number Nine is taken at 144 BPM.

The evening ended with a set by a rock trio whose drummer hit hard and played straight eighths.
"""),
        ),
    ),
    papers=(
        (
            "Ride cymbal timing in hard bop",
            prose("""
We analyse the ride cymbal of Leonora Vance, a jazz drummer. Vance plays swung eighth notes
whose swing is strong at every tempo.
""")[0],
        ),
        (
            "Microtiming of machines",
            prose("""
A drum machine has no swing and no ghost notes.
""")[0],
        ),
    ),
    bio="Leonora Vance is an American jazz drummer. She plays the ride cymbal with a light touch.",
    truth=Truth(
        (120, 152),
        told=these("swing_8ths+ ride_share+ velocity_mean- backbeat- ghost_share+ kit.brushes"),
        fair=these("hits_per_quarter.ride+"),
        genres=frozenset({"hard bop", "jazz"}),
    ),
)

POP_SINGER = Someone(
    "Leonora Vance",
    key="Leonora Vance the singer",
    in_musicbrainz=False,
    in_wikidata=False,
    genres=("dance pop",),
    songs=(Song("Neon Kisses", 128.0), Song("Glitter Rain", 126.0), Song("Call Me Twice", 124.0)),
    articles=(
        Article(
            "web",
            "/pop/vance",
            "Leonora Vance lights up the arena",
            prose("""
Pop singer Leonora Vance danced through two hours of hits. Neon Kisses, at 128 BPM, is her
fastest song, with programmed four-on-the-floor kicks and straight eighths.
"""),
        ),
    ),
)
"""Nobody asks for her: a trap."""

PRODUCER = Someone(
    "Dusk Almanac",
    genres=("hip hop", "instrumental hip hop"),
    songs=(
        Song("Attic Tape", 88.0, {"reccobeats": 176.0}),
        Song("Corner Bakery", 92.0),
        Song("Lantern Oil", 86.0, {"acousticbrainz": 172.0}),
        Song("Paper Moths", 90.0),
        Song("Second Staircase", 94.0, {"deezer": None}),
        Song("Umber", 84.0),
    ),
    page="Dusk Almanac",
    about="American hip hop producer",
    text=wiki("""
Dusk Almanac is an American record producer and beatmaker from Toledo, Ohio.

== Production style ==
Dusk Almanac programs drums on a sampler with the quantisation turned off. The sixteenth notes
are swung, and the snare lands a little late. The kick drums stumble around the beat. Most of
the beats sit between 84 and 94 BPM.

== Influence ==
Producer Milo Quist, who quantises everything and plays perfectly straight sixteenths, cited the
album Attic Tape.
"""),
    articles=(
        Article(
            "web",
            "/beats/dusk-almanac",
            "Inside the studio of Dusk Almanac",
            prose("""
Dusk Almanac taps every drum in by hand. The beats are loose, with swung sixteenths and hi-hats
that drag.

Corner Bakery runs at 92 BPM. There are no fills on the record.
"""),
        ),
        Article(
            "web",
            "/books/almanac",
            "Dusk Almanac: a novel",
            prose("""
The novel Dusk Almanac follows a lighthouse keeper whose drum beats at 40 BPM.
"""),
        ),
    ),
    truth=Truth(
        (84, 94),
        told=these("swing_16ths+ push_ms.snare+ push_ms.hat+ timing_sd_ms+ fill_rate-"),
        genres=frozenset({"hip hop", "instrumental hip hop"}),
    ),
)

OBSCURE = Someone(
    "Ostrava Nightline",
    "group",
    in_musicbrainz=False,
    in_wikidata=False,
    in_catalogues=False,
    page="Ostrava Nightline",
    about="Czech new wave band",
    text=wiki("""
Ostrava Nightline were a Czech new wave band, active from 1982 to 1989.

== Musical style ==
Their drummer Radek Holub played tight, metronomic beats with an open hi-hat on the off-beats.
Holub hardly ever played fills. Most of their songs are around 150 BPM.

== Members ==
* Jana Dusková -- vocals (1982--1989)
* Radek Holub -- drums (1982--1989)
* Petr Sýkora -- bass guitar (1982--1989)
"""),
    truth=Truth(
        (140, 160),
        told=these("hat_open_share+ timing_sd_ms- fill_rate-"),
        drummers=(("Radek Holub", "1982-1989"),),
    ),
)

DISPUTED = Someone(
    "Velvet Ordnance",
    "group",
    genres=("post-punk", "funk rock"),
    songs=(
        Song("Brass Curfew", 96.0, {"acousticbrainz": 192.0, "reccobeats": 48.0}),
        Song("Parade of One", 92.0, {"acousticbrainz": 184.0}),
        Song("Ministry of Rain", 98.0, {"reccobeats": 196.0, "getsongbpm": 131.0}),
        Song("Quiet Artillery", 94.0, {"deezer": 188.0}),
        Song("Red Telegram", 100.0, {"acousticbrainz": 200.0, "deezer": 50.0}),
        Song("The Last Barricade", 90.0, {"reccobeats": 180.0, "getsongbpm": None}),
        Song("Ambassador", 97.0, {"acousticbrainz": 194.0}),
    ),
    page="Velvet Ordnance",
    about="Scottish rock band",
    text=wiki("""
Velvet Ordnance are a Scottish rock band formed in 1996.

== Musical style ==
Drummer Fiona Mackay plays swung sixteenth notes on the hi-hat. Her snare is full of ghost
notes.

== Members ==
* Fiona Mackay -- drums (1996--present)
* Ross Tait -- guitar (1996--present)
"""),
    articles=(
        Article(
            "web",
            "/reviews/velvet-ordnance",
            "Velvet Ordnance reviewed",
            prose("""
Drummer Fiona Mackay plays straight sixteenths, machine-like, without any swing. Velvet Ordnance
have never sounded better.
"""),
        ),
        Article(
            "moderndrummer",
            "/2004/02/fiona-mackay/",
            "Fiona Mackay of Velvet Ordnance",
            prose("""
Fiona Mackay of Velvet Ordnance talks about drums. Mackay swings her sixteenth notes, and she
loves ghost notes.
"""),
        ),
    ),
    truth=Truth(
        (90, 100),
        told=these("swing_16ths+ ghost_share+"),
        fair=these("swing_16ths.hat+ hits_per_quarter.hat+ swing_8ths-"),
        drummers=(("Fiona Mackay", "1996-"),),
        genres=frozenset({"post-punk", "funk rock"}),
    ),
)
