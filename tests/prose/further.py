"""More sentences, written after the extractor was tuned, in other registers: interviews, forums,
live reviews, liner notes, theory papers. Labelled before it read them.
"""

from mididrumigen.prose import Names
from tests.prose.sentences import Labelled

NAMES = {
    "gadd": Names("Steve Gadd", songs=("50 Ways to Leave Your Lover", "Aja")),
    "roots": Names("The Roots", drummers=("Questlove",), songs=("You Got Me",)),
    "police": Names("The Police", drummers=("Stewart Copeland",), others=("Sting",)),
    "peart": Names("Neil Peart", songs=("Tom Sawyer", "YYZ"), others=("Rush", "Geddy Lee")),
    "cobham": Names("Billy Cobham", songs=("Stratus",)),
    "meters": Names("The Meters", drummers=("Zigaboo Modeliste",), songs=("Cissy Strut",)),
    "slayer": Names("Slayer", drummers=("Dave Lombardo", "Paul Bostaph"), songs=("Raining Blood",)),
    "portnoy": Names("Mike Portnoy", others=("Dream Theater",)),
    "sly": Names("Sly Dunbar", others=("Robbie Shakespeare",)),
    "grohl": Names("Dave Grohl", others=("Nirvana", "Kurt Cobain")),
}

S = Labelled

FURTHER = [
    # Interviews
    S(
        "gadd",
        "GADD: I like to sit a little behind the click and let the bass player come to me.",
        "push_ms+",
    ),
    S(
        "gadd",
        '"When I play a shuffle I keep the left hand very quiet," Gadd told the magazine.',
        "swing_8ths+; ?ghost_velocity-; ?velocity_mean-",
    ),
    S("gadd", "Interviewer: Do you still use two bass drums? Gadd: No, never did."),
    S("gadd", "Gadd says he got the mozambique from watching players in New York."),
    S(
        "cobham",
        "I was hitting as hard as I could, says Cobham, because the amps were so loud.",
        "velocity_mean+",
    ),
    S(
        "cobham",
        "“We took it at 138, 140 bpm every night,” he remembers.",
        "?tempo_bpm=140;?tempo_bpm=138..140",
    ),
    S(
        "police",
        "Sting used to yell at me for rushing, Copeland laughs.",
        "push_ms-#Stewart Copeland",
    ),
    S(
        "police",
        "Copeland: The hi-hat is where I do my talking. The snare just says two and four.",
        "?backbeat+#Stewart Copeland",
    ),
    S("grohl", "Grohl admits he stole the flams from a disco record.", "flam_rate+"),
    S(
        "grohl",
        'Asked about the tempo of the single, he shrugs: "116, maybe 117."',
        "?tempo_bpm=116",
    ),
    # Forums
    S(
        "roots",
        "honestly quest's pocket is so deep and the snare is late as hell on that record",
        "push_ms.snare+; ?push_ms.snare+#Questlove",
    ),
    S(
        "roots",
        "Questlove hardly touches the toms at all, it's all kick, snare and hats.",
        "hits_per_quarter.tom-#Questlove",
    ),
    S(
        "peart",
        "People say Peart overplays but listen to how simple the verse is.",
        "?hits_per_quarter+; ?hits_per_quarter-",
    ),
    S("peart", "The 7/8 section of Tom Sawyer took me a month to learn.", "metre=7/8@Tom Sawyer"),
    S("slayer", "No way is that 220 bpm, more like 180.", "?!tempo_bpm=220; ?tempo_bpm=180"),
    S(
        "slayer",
        "Bostaph is way more precise than Lombardo, almost mechanical.",
        "timing_sd_ms-#Paul Bostaph",
    ),
    S(
        "slayer",
        "Lombardo's double bass on Raining Blood still scares me.",
        "double_kick+@Raining Blood#Dave Lombardo",
    ),
    S(
        "portnoy",
        "Portnoy's kit has like four splashes, two chinas and a gong drum.",
        "kit.splash; kit.china",
    ),
    S("portnoy", "I use brushes at church so the neighbours don't complain."),
    S("cobham", "Anyone got a chart for Stratus? My band wants to play it at 100 bpm."),
    # Live reviews
    S(
        "police",
        "Copeland, all elbows, drove every song a notch faster than the record.",
        "?push_ms-#Stewart Copeland; ?tempo_bpm+#Stewart Copeland",
    ),
    S(
        "grohl",
        "From the first bar Grohl pounded the kit as if it owed him money.",
        "velocity_mean+",
    ),
    S("grohl", "The opening band's drummer buried everything under crash cymbals."),
    S(
        "sly",
        "Dunbar barely moved, and yet the one-drop never wavered all evening.",
        "groove.one_drop; ?timing_sd_ms-",
    ),
    S(
        "sly",
        "Shakespeare's bass sat far behind the beat while Dunbar stayed dead centre.",
        "?push_ms=0",
    ),
    S(
        "meters",
        "Modeliste answered with a second-line groove, all ghost notes and press rolls.",
        "groove.second_line#Zigaboo Modeliste; ghost_share+#Zigaboo Modeliste;"
        "double_rate+#Zigaboo Modeliste",
    ),
    S("meters", "The crowd clapped on one and three, to the band's visible pain."),
    # Liner notes and encyclopedias
    S(
        "meters",
        '"Cissy Strut" moves at an easy 88 beats per minute, '
        "its hi-hat part split between both hands.",
        "tempo_bpm=88@Cissy Strut",
    ),
    S(
        "meters",
        "Modeliste's style is characterised by displaced backbeats and loose, swinging sixteenths.",
        "syncopation+#Zigaboo Modeliste; swing_16ths+#Zigaboo Modeliste; ?timing_sd_ms+#Zigaboo"
        " Modeliste;"
        "?backbeat-#Zigaboo Modeliste",
    ),
    S(
        "gadd",
        "He has performed with Paul Simon, Eric Clapton and Chick Corea.",
        "plays_with=Paul Simon; plays_with=Eric Clapton; plays_with=Chick Corea",
    ),
    S(
        "gadd",
        'The verse of "50 Ways to Leave Your Lover" is built on a march-like linear pattern '
        "between hi-hat and snare.",
        "groove.linear@50 Ways to Leave Your Lover",
    ),
    S(
        "gadd",
        "Gadd was influenced by Tony Williams, whose open, roaring ride patterns he admired.",
    ),
    S("peart", "Peart replaced John Rutsey in 1974 and stayed until the band's last tour."),
    S("peart", "In 1994 he changed to traditional grip and tried to swing more.", "?swing_8ths+"),
    S(
        "portnoy",
        "Portnoy co-founded Dream Theater and later joined Avenged Sevenfold.",
        "plays_with=Dream Theater; plays_with=Avenged Sevenfold",
    ),
    S(
        "sly",
        "Dunbar was among the first in Jamaica to programme drum machines, with a rigid"
        " four-to-the-floor kick.",
        "groove.four_on_the_floor; ?timing_sd_ms-",
    ),
    S("cobham", "Cobham plays open-handed on a kit with two kick drums.", "double_kick+"),
    S(
        "cobham",
        "Odd metres such as 9/8 and 11/4 abound on the album.",
        "metre=odd; metre=9/8; metre=11/4",
    ),
    # Theory papers
    S(
        "roots",
        "The mean onset of the snare was 18 ms later than that of the hi-hat.",
        "?push_ms.snare+",
    ),
    S(
        "roots",
        "Beat-upbeat ratios near 1:1 show that Questlove's eighth notes are practically straight.",
        "swing_8ths-#Questlove",
    ),
    S(
        "roots",
        "The loop, at 92 BPM, repeats without variation for sixteen bars.",
        "tempo_bpm=92; ?bar_similarity+; ?bar_repeat+",
    ),
    S("meters", "We asked 24 listeners to rate groove at 100, 120 and 140 BPM."),
    S("slayer", "In thrash, tempos between 180 and 220 BPM are the norm."),
    S(
        "peart",
        "Peart's fills are long, often two bars or more, and travel down the toms.",
        "fill_quarters+; hits_per_quarter.tom+",
    ),
    S("peart", "He does not leave much space.", "hits_per_quarter+"),
    S("gadd", "A click at 96 bpm was used, but Gadd ignored it.", "?tempo_bpm=96"),
    S(
        "sly",
        "The rim-click on three is the only snare sound in the track.",
        "kit.sidestick;?groove.one_drop",
    ),
    S(
        "grohl",
        "On Nevermind he rarely strays from straight eighths on a half-open hi-hat.",
        "swing_8ths-; hat_open_share+; hits_per_quarter.hat=2",
    ),
    S("portnoy", "Fans voted for Portnoy's busiest performance.", "?hits_per_quarter+"),
    S(
        "police",
        "The splash cymbals and the cross-sticks are Copeland's signature.",
        "kit.splash#Stewart Copeland; kit.sidestick#Stewart Copeland",
    ),
]
