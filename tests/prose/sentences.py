"""Sentences in the manner of real articles, and what each claims.

They were written and labelled before the extractor was, and are split in two, the even and the odd
ones in the order of a checksum (neighbours in the list are often a word and its trap): the even
were used to tune it, the odd were kept aside until it was measured. Their wording is made for the
test; what they say of a drummer need not be true.

Labels, divided by ";": `ghost_share+` a high value, `ghost_share-` a low one, `tempo_bpm=92` a
value, `tempo_bpm=90..110` a range; `!` before: said not to be so; `?` before: a reader may or may
not take it so, it counts neither way; `@Song` and `#Drummer` behind: of what and of whom it is
said. An empty label: nothing is claimed of the artist.
"""

from typing import NamedTuple
from zlib import crc32

from mididrumigen.prose import Names

NAMES = {
    "bonham": Names(
        "John Bonham",
        aliases=("Bonzo", "John Henry Bonham"),
        songs=("When the Levee Breaks", "Fool in the Rain", "Good Times Bad Times", "Kashmir"),
    ),
    "toto": Names(
        "Toto",
        drummers=("Jeff Porcaro", "Simon Phillips"),
        songs=("Rosanna", "Africa", "Hold the Line"),
    ),
    "stones": Names(
        "The Rolling Stones",
        aliases=("The Stones",),
        drummers=("Charlie Watts",),
        songs=("Paint It Black", "Honky Tonk Women", "Start Me Up"),
        others=("Mick Jagger", "Keith Richards"),
    ),
    "dilla": Names(
        "J Dilla", aliases=("Jay Dee", "James Yancey"), songs=("Fall in Love", "Runnin'")
    ),
    "allen": Names("Tony Allen", songs=("Zombie", "Lady"), others=("Fela Kuti",)),
    "quest": Names("Questlove", aliases=("Ahmir Thompson",), others=("D'Angelo",)),
    "chic": Names("Chic", drummers=("Tony Thompson",), songs=("Good Times", "Le Freak")),
    "metallica": Names(
        "Metallica", drummers=("Lars Ulrich",), songs=("Enter Sandman", "One", "Battery")
    ),
    "moon": Names("Keith Moon", aliases=("Moon the Loon",), songs=("My Generation", "Bargain")),
    "purdie": Names("Bernard Purdie", aliases=("Pretty Purdie",), songs=("Home at Last",)),
    "ringo": Names(
        "Ringo Starr", aliases=("Richard Starkey", "Ringo"), songs=("Come Together", "Rain")
    ),
    "rudd": Names("Phil Rudd", songs=("Back in Black",), others=("AC/DC", "Angus Young")),
    "tool": Names("Tool", drummers=("Danny Carey",), songs=("Schism", "Lateralus")),
    "prince": Names("Prince", songs=("When Doves Cry", "Kiss")),
    "yes": Names("Yes", drummers=("Bill Bruford", "Alan White"), songs=("Roundabout",)),
    "elvin": Names("Elvin Jones", songs=("Afro Blue",), others=("John Coltrane",)),
    "copeland": Names("Stewart Copeland", songs=("Roxanne", "Walking on the Moon")),
    "lombardo": Names("Dave Lombardo", songs=("Angel of Death",)),
    "carlton": Names(
        "Carlton Barrett", songs=("One Drop",), others=("Bob Marley", "Aston Barrett")
    ),
    "neu": Names("Neu!", drummers=("Klaus Dinger",), songs=("Hallogallo",)),
}


class Labelled(NamedTuple):
    """One text and what it claims."""

    names: str
    text: str
    claims: str = ""
    has_sections: bool = False


S = Labelled

SENTENCES = [
    # Tempo
    S("bonham", "Bonham plays the song at a stately 72 BPM.", "tempo_bpm=72"),
    S("bonham", "At 92 beats per minute, Bonham's groove never hurries.", "tempo_bpm=92"),
    S(
        "stones",
        'Watts counted in "Start Me Up" at around 122 bpm.',
        "tempo_bpm=122@Start Me Up#Charlie Watts",
    ),
    S(
        "stones",
        'The studio take of "Honky Tonk Women" creeps up from 105 bpm to 120 bpm by the end.',
        "tempo_bpm=105..120@Honky Tonk Women",
    ),
    S(
        "metallica",
        "Most songs on the record sit somewhere between 190 and 220 BPM.",
        "tempo_bpm=190..220",
    ),
    S(
        "metallica",
        '"Enter Sandman" is played in common time at a tempo of 123 beats per minute.',
        "tempo_bpm=123@Enter Sandman; ?metre=4/4@Enter Sandman",
    ),
    S(
        "neu",
        "The drums lock into a 120-bpm pulse and stay there for ten minutes.",
        "tempo_bpm=120",
    ),
    S(
        "neu",
        'Dinger holds "Hallogallo" at roughly one hundred and sixteen beats per minute.',
        "tempo_bpm=116@Hallogallo#Klaus Dinger",
    ),
    S("dilla", "Dilla rarely left the zone of 85-95 BPM.", "tempo_bpm=85..95"),
    S("dilla", "He programmed most of the beats at about ninety bpm.", "tempo_bpm=90"),
    S("chic", "With its quarter note at 111 the track was made for dancing.", "?tempo_bpm=111"),
    S(
        "chic",
        'Sheet music gives the tempo of "Good Times" as ♩ = 112.',
        "tempo_bpm=112@Good Times",
    ),
    S("elvin", "Jones could burn at 300 beats per minute for half an hour.", "tempo_bpm=300"),
    S("elvin", "The ballad crawls along at 54 bpm.", "tempo_bpm=54"),
    S("lombardo", '"Angel of Death" clocks in at 210 bpm.', "tempo_bpm=210@Angel of Death"),
    S("lombardo", "Lombardo's heart rate reached 160 bpm during the show, a sports doctor found."),
    S("quest", "The song was encoded at 320 kbps and lasts 240 seconds."),
    S("quest", "Questlove was born in 1971, and the set ended at 140 Main Street."),
    S(
        "toto",
        "The half-time feel makes the 168 bpm of the chart feel like 84.",
        "?tempo_bpm=168; ?tempo_bpm=84; ?groove.half_time",
    ),
    S("toto", 'On "Rosanna" the click was set to 86 BPM, says Porcaro.', "tempo_bpm=86@Rosanna"),
    S("copeland", "Copeland says the tempo changes from night to night."),
    S("copeland", 'Live, "Roxanne" was often 10 bpm faster than on the record.'),
    S("ringo", "120 people came to hear Ringo that night, and 80 of them stayed."),
    S(
        "ringo",
        'The backing track of "Rain" was recorded fast and slowed down to 108 bpm.',
        "tempo_bpm=108@Rain",
    ),
    S(
        "rudd",
        "AC/DC live between 115 and 135 beats a minute, and Rudd is the reason.",
        "tempo_bpm=115..135",
    ),
    S("rudd", "Rudd never plays above 140 bpm.", "tempo_bpm=30..140"),
    S(
        "prince",
        'At 128 BPM, "When Doves Cry" has no bass line at all.',
        "tempo_bpm=128@When Doves Cry",
    ),
    S("prince", "The new drum machine can store 99 patterns and sync from 40 to 250 bpm."),
    S("tool", 'The intro of "Schism" hovers near 107 bpm.', "tempo_bpm=107@Schism"),
    S("tool", "Fans argued whether the track is in 120 or 160."),
    # Feel: where it falls
    S("bonham", "Bonham's snare lands just behind the beat.", "push_ms.snare+"),
    S(
        "stones",
        "Watts always played a hair behind the beat, following Richards rather than leading.",
        "push_ms+#Charlie Watts",
    ),
    S(
        "copeland",
        "Copeland tends to push ahead of the beat, which gives the trio its nervous energy.",
        "push_ms-",
    ),
    S("copeland", "His hi-hat playing sits right on top of the beat.", "push_ms.hat-"),
    S(
        "dilla",
        "On his records the snare arrives early and the kick drags.",
        "push_ms.snare-; push_ms.kick+",
    ),
    S(
        "dilla",
        "The kick drums come late, lazily, as if falling down a staircase.",
        "push_ms.kick+",
    ),
    S("quest", "For Voodoo, Questlove was told to play as laid-back as he could.", "push_ms+"),
    S("quest", "Off stage he is a laid-back man who collects records."),
    S(
        "toto",
        "Porcaro had a relaxed, laid-back feel that every producer in town wanted.",
        "push_ms+#Jeff Porcaro",
    ),
    S("purdie", "Purdie doesn't lay back; he is dead on the beat.", "push_ms=0"),
    S("rudd", "He drags a little, and that is what makes it heavy.", "push_ms+"),
    S("moon", "Moon rushed constantly, and the band rushed with him.", "push_ms-"),
    S("moon", "Moon was rushed to hospital after the show."),
    S("allen", "Allen is never in a hurry: his backbeat falls late.", "push_ms.snare+;?push_ms+"),
    S(
        "yes",
        "Bruford's snare is often slightly ahead of the rest of the band.",
        "push_ms.snare-#Bill Bruford",
    ),
    # Feel: swing
    S(
        "bonham",
        'In "Fool in the Rain" he plays a half-time shuffle.',
        "groove.half_time_shuffle@Fool in the Rain; ?swing_16ths+@Fool in the Rain;"
        "?swing_8ths+@Fool in the Rain",
    ),
    S(
        "purdie",
        "The Purdie Shuffle is a half-time shuffle full of ghost notes.",
        "groove.half_time_shuffle; ghost_share+; ?swing_8ths+; ?swing_16ths+",
    ),
    S("ringo", "Ringo gave even plain rock songs a slight swing.", "swing_8ths+"),
    S(
        "ringo",
        "He swings the eighth notes a touch, somewhere between straight and shuffled.",
        "swing_8ths+",
    ),
    S("chic", "Thompson's sixteenths were dead straight.", "swing_16ths-#Tony Thompson"),
    S(
        "rudd",
        "Rudd plays straight eighth notes on the hi-hat and nothing else.",
        "swing_8ths-; hits_per_quarter.hat=2; ?swing_8ths.hat-; ?ride_share-; ?hits_per_quarter-",
    ),
    S("dilla", "His sixteenth notes are swung, but not by any fixed amount.", "swing_16ths+"),
    S(
        "dilla",
        "He left the hi-hats straight while the kick was swung.",
        "?swing_16ths.hat-; ?swing_8ths.hat-; ?swing_16ths.kick+; ?swing_8ths.kick+",
    ),
    S("elvin", "Jones grew up in the swing era and listened to big bands."),
    S("elvin", "His time is built on a rolling triplet feel.", "swing_8ths+"),
    S(
        "stones",
        "Richards has said that Watts is the one who puts the roll in the rock and that he swings.",
        "swing_8ths+#Charlie Watts",
    ),
    S("stones", "As the straight man of the group, Watts seldom gave interviews."),
    S("metallica", "Ulrich is not a swing drummer.", "swing_8ths-#Lars Ulrich"),
    S("copeland", "Copeland never shuffled; he took the off-beat from reggae.", "swing_8ths-"),
    S(
        "carlton",
        "Barrett's shuffled hi-hats are as recognisable as his snare.",
        "swing_8ths.hat+; ?swing_8ths+",
    ),
    S("purdie", "The swing of the pendulum went back to drum machines in the 1980s."),
    # Feel: tight and loose
    S("rudd", "Rudd is known for his metronomic timing.", "timing_sd_ms-"),
    S("chic", "Thompson was as steady as a drum machine.", "timing_sd_ms-#Tony Thompson"),
    S("stones", "The Stones' rhythm section is famously loose.", "timing_sd_ms+"),
    S(
        "dilla",
        "He switched off the quantise function and tapped the pads by hand.",
        "timing_sd_ms+",
    ),
    S("dilla", "Unlike most producers of the day he did not quantize his drums.", "timing_sd_ms+"),
    S("neu", "Dinger plays with machine-like precision.", "timing_sd_ms-#Klaus Dinger"),
    S("moon", "Moon's timekeeping was erratic, critics said.", "timing_sd_ms+"),
    S("moon", "His trousers were as tight as his schedule."),
    S("quest", "Questlove played so tight that listeners took it for a loop.", "timing_sd_ms-"),
    S("quest", "The snare has a tight, dry sound."),
    S("toto", "Phillips has impeccable time.", "timing_sd_ms-#Simon Phillips"),
    S("prince", "The robotic beat is quantised to the grid.", "timing_sd_ms-"),
    S(
        "copeland",
        "He hated click tracks and sped up whenever he felt like it.",
        "?timing_sd_ms+; ?push_ms-",
    ),
    S("bonham", "His loose-fitting shirt became a trademark of the tour."),
    # Ghosts, touch, dynamics
    S("purdie", "Purdie fills the space between backbeats with ghost notes.", "ghost_share+"),
    S("rudd", "Rudd never used ghost notes.", "ghost_share-"),
    S(
        "bonham",
        "Bonham's right foot and his ghosted snare strokes made the groove breathe.",
        "ghost_share+",
    ),
    S(
        "metallica",
        "There are hardly any ghost notes in Ulrich's playing.",
        "ghost_share-#Lars Ulrich",
    ),
    S(
        "toto",
        "Porcaro combined the Purdie shuffle with a Bo Diddley beat on "
        '"Rosanna", ghosting the snare throughout.',
        "ghost_share+@Rosanna#Jeff Porcaro; groove.bo_diddley@Rosanna#Jeff Porcaro;"
        "?swing_8ths+@Rosanna#Jeff Porcaro; ?groove.half_time_shuffle@Rosanna#Jeff Porcaro",
    ),
    S("quest", "A ghost story by D'Angelo opened the evening, and Questlove took notes."),
    S("bonham", "Bonham was one of the heaviest hitters in rock.", "velocity_mean+"),
    S("moon", "Moon hit the drums harder than anyone of his generation.", "velocity_mean+"),
    S(
        "stones",
        "Watts had a light touch and a jazz drummer's grip.",
        "velocity_mean-#Charlie Watts",
    ),
    S(
        "elvin",
        "With Coltrane, Jones could be thunderous.",
        "velocity_mean+;?plays_with=John Coltrane",
    ),
    S("elvin", "His wide dynamic range went from a whisper to an avalanche.", "velocity_sd+"),
    S("rudd", "There is little dynamic variation in his playing.", "velocity_sd-"),
    S(
        "chic",
        "Thompson's powerful backbeat drove the records.",
        "backbeat_velocity+#Tony Thompson; ?backbeat+#Tony Thompson; ?velocity_mean+#Tony Thompson",
    ),
    S("chic", "The single hit number one and hit hard at radio."),
    S("bonham", "He played rimshots on every backbeat.", "backbeat_velocity+; ?backbeat+"),
    S(
        "ringo",
        "Starr plays softly, with the loose wrists of a left-hander.",
        "velocity_mean-; ?timing_sd_ms+",
    ),
    S(
        "purdie",
        "He kept the ghost strokes feather-light.",
        "ghost_velocity-; ghost_share+;?velocity_mean-",
    ),
    S("prince", "Prince was hit hard by the loss."),
    # Patterns
    S(
        "prince",
        "The song rides on a four-on-the-floor kick.",
        "groove.four_on_the_floor;?hits_per_quarter.kick=1",
    ),
    S(
        "chic",
        "Tony Thompson replaced him and played straight 16ths.",
        "swing_16ths-#Tony Thompson;?hits_per_quarter.hat=4#Tony Thompson",
    ),
    S("carlton", "Barrett is credited with popularising the one-drop rhythm.", "groove.one_drop"),
    S("carlton", '"One Drop" was released in 1979 and reached the charts in the UK.'),
    S("lombardo", "Lombardo brought double bass drumming into thrash.", "double_kick+"),
    S("lombardo", "He learned from a friend who was a double bass player in an orchestra."),
    S("metallica", 'The double-kick barrage in "One" imitates a machine gun.', "double_kick+@One"),
    S(
        "bonham",
        "Contrary to legend he did it without a double kick: one foot on a single pedal.",
        "double_kick-",
    ),
    S("lombardo", "Though fast, his beats are not blast beats.", "!groove.blast_beat;?tempo_bpm+"),
    S(
        "tool",
        "Carey favours linear patterns spread around the toms.",
        "groove.linear#Danny Carey;?hits_per_quarter.tom+#Danny Carey",
    ),
    S(
        "copeland",
        "Copeland's syncopated hi-hat accents became his trademark.",
        "syncopation+",
    ),
    S(
        "allen",
        "Allen's drumming is heavily syncopated, all four limbs in conversation.",
        "syncopation+",
    ),
    S("moon", "Moon's busy style left little room for anyone else.", "hits_per_quarter+"),
    S("moon", "Moon had a busy year with two tours and a film."),
    S("ringo", "He plays sparse, song-serving parts.", "hits_per_quarter-"),
    S(
        "rudd",
        "Rudd's minimalist approach leaves out everything that is not needed.",
        "hits_per_quarter-",
    ),
    S("stones", "Watts kept a simple, small kit on stage."),
    S("stones", "Watts was known for leaving out the hi-hat stroke whenever he hit the snare."),
    S("neu", "Dinger's beat is relentlessly repetitive.", "bar_similarity+#Klaus Dinger"),
    S(
        "neu",
        "The motorik beat, as journalists called it, was invented by Dinger.",
        "groove.motorik#Klaus Dinger",
    ),
    S("elvin", "Jones never played the same bar twice.", "bar_similarity-"),
    S(
        "yes",
        "White plays a solid backbeat where Bruford would displace it.",
        "backbeat+#Alan White; ?backbeat-#Bill Bruford;?syncopation+#Bill Bruford",
    ),
    S("yes", "Yes, he answered, the tempo is always a problem, and so are the fills."),
    S("tool", "The tool is a simple one: ghost notes on every off-beat."),
    S(
        "tool",
        'Carey moves between 5/8 and 7/8 in "Schism".',
        "metre=5/8@Schism#Danny Carey; metre=7/8@Schism#Danny Carey",
    ),
    S("tool", "Tool are known for odd time signatures.", "metre=odd"),
    S("yes", "Bruford was drawn to odd metres.", "metre=odd#Bill Bruford"),
    S("metallica", "The album was released on 9/11 and sold 7/8 of its run in a week."),
    # Fills
    S("ringo", "Starr rarely plays fills.", "fill_rate-"),
    S("ringo", "His fills are short and melodic.", "fill_quarters-"),
    S("moon", "Moon treated every bar as a chance for a fill.", "fill_rate+"),
    S("moon", "His sound fills the room."),
    S(
        "toto",
        "Phillips likes long, rolling tom fills.",
        "fill_quarters+#Simon Phillips; hits_per_quarter.tom+#Simon Phillips",
    ),
    S("stones", "Watts used few fills and almost never soloed.", "fill_rate-#Charlie Watts"),
    S("chic", "Thompson filled in for a sick colleague on two dates."),
    S("bonham", 'The triplet fill in "Kashmir" is studied by drummers to this day.'),
    S("purdie", "There are no fills to speak of; the groove does it all.", "fill_rate-"),
    S(
        "metallica",
        "Ulrich plays far too many fills, some fans complain.",
        "fill_rate+#Lars Ulrich",
    ),
    S(
        "tool",
        "Carey's tom-heavy patterns come from his study of tabla.",
        "hits_per_quarter.tom+#Danny Carey",
    ),
    # Cymbals
    S("metallica", "Ulrich crashes on every downbeat.", "crash_rate+#Lars Ulrich"),
    S("metallica", "The market crash of 1929 is the subject of the song."),
    S("ringo", "Ringo's washy, half-open hi-hats fill the choruses.", "hat_open_share+"),
    S("ringo", "As a boy he rides a bike to school in the film."),
    S("elvin", "He keeps time on the ride cymbal.", "ride_share+"),
    S("stones", "Watts hardly ever used crash cymbals.", "crash_rate-#Charlie Watts"),
    S(
        "chic",
        "Thompson's open hi-hat on the off-beats defined disco.",
        "hat_open_share+#Tony Thompson",
    ),
    S("copeland", "Copeland kept time on the hi-hat and left the ride alone.", "ride_share-"),
    S("quest", "Sixteenth-note hi-hats tick under the whole verse.", "hits_per_quarter.hat=4"),
    S(
        "prince",
        "Sixteenths on the closed hi-hat drive the song.",
        "hits_per_quarter.hat=4; ?hat_open_share-",
    ),
    # Kit
    S(
        "stones",
        'The cowbell that opens "Honky Tonk Women" was played by the producer, not by Watts.',
    ),
    S(
        "bonham",
        'He opens "Good Times Bad Times" with a cowbell.',
        "kit.cowbell@Good Times Bad Times",
    ),
    S("lombardo", "He has two china cymbals, one on each side.", "kit.china"),
    S("lombardo", "The band toured China in 2009."),
    S("copeland", "Splash cymbals are all over his parts.", "kit.splash"),
    S("copeland", "His first album made a splash in London."),
    S("allen", "Allen plays the bell of the ride to lift the chorus.", "kit.ride_bell"),
    S("elvin", "On the ballads he used brushes.", "kit.brushes"),
    S("elvin", "He never used brushes with that band.", "!kit.brushes"),
    S("ringo", 'For "Come Together" he covered his toms with tea towels.'),
    S("carlton", "Barrett often played a rim click in place of the full snare.", "kit.sidestick"),
    S("carlton", "His cross-stick is dry and loud.", "kit.sidestick;?velocity_mean+"),
    S(
        "moon",
        "Moon had no hi-hat in his set-up for years, but two bass drums.",
        "double_kick+;?!kit.hat_closed",
    ),
    S(
        "bonham",
        "== Equipment ==\nBonham's kit had a 26-inch bass drum, two floor toms and a cowbell.",
        "kit.tom_floor_low; kit.cowbell",
        True,
    ),
    S(
        "quest",
        "== Awards ==\nHe won a prize for ghost notes at 95 BPM, with a cowbell as trophy.",
        "",
        True,
    ),
    S("toto", "== Discography ==\nAfrica (92 BPM remix)\nGhost Notes (1982)\n", "", True),
    S("prince", "A tambourine doubles the snare in the chorus.", "kit.tambourine"),
    S(
        "prince",
        "No tambourine, no shaker, just handclaps.",
        "!kit.tambourine; kit.clap; ?!kit.maracas; ?!kit.cabasa",
    ),
    # With whom
    S("bonham", "Bonham was the drummer of Led Zeppelin.", "plays_with=Led Zeppelin"),
    S(
        "bonham",
        "He is best known as the drummer for the English rock band Led Zeppelin.",
        "plays_with=Led Zeppelin",
    ),
    S(
        "purdie",
        "Purdie has recorded with Aretha Franklin and Steely Dan.",
        "plays_with=Aretha Franklin; plays_with=Steely Dan",
    ),
    S("purdie", "He also played drums for James Brown.", "plays_with=James Brown"),
    S(
        "toto",
        "The band's drummer, Jeff Porcaro, died in 1992.",
        "?plays_with=Toto#Jeff Porcaro;?plays_with=Jeff Porcaro",
    ),
    S(
        "toto",
        "Before that, Porcaro had toured with Sonny & Cher.",
        "plays_with=Sonny & Cher#Jeff Porcaro",
    ),
    S(
        "allen",
        "From 1968 to 1979 he was the drummer of Fela Kuti's band Africa 70.",
        "plays_with=Fela Kuti; ?plays_with=Africa 70",
    ),
    S("allen", "Allen lived in Paris, where he met Damon Albarn for lunch."),
    S(
        "elvin",
        "In 1960 Jones joined the John Coltrane Quartet.",
        "plays_with=John Coltrane Quartet",
    ),
    S("elvin", "Jones never recorded with Art Blakey.", "!plays_with=Art Blakey"),
    # Neighbours
    S(
        "bonham",
        "Unlike Ginger Baker, whose tempos sit at 140 BPM, Bonham took his time at 80 BPM.",
        "tempo_bpm=80",
    ),
    S("bonham", "Bonham admired Gene Krupa, who was a master of the press roll."),
    S("ringo", "Keith Moon played double bass drums; Ringo got by with one.", "double_kick-"),
    S(
        "stones",
        "While Keith Moon was busy and loud, Watts was sparse.",
        "hits_per_quarter-#Charlie Watts",
    ),
    S(
        "toto",
        "Phillips took over after Porcaro's death and brought double bass drums.",
        "double_kick+#Simon Phillips",
    ),
    S(
        "toto",
        "Porcaro borrowed the shuffle from Bernard Purdie, whose ghost notes he loved.",
        "?swing_8ths+#Jeff Porcaro",
    ),
    S("metallica", "Dave Lombardo of Slayer is faster and uses more ghost notes than most."),
    S("metallica", "Compared to Lombardo, Ulrich plays fewer fills.", "fill_rate-#Lars Ulrich"),
    S("copeland", "Sting wrote it on the bass, and Copeland added rim clicks.", "kit.sidestick"),
    S(
        "copeland",
        "Copeland is often compared to Carlton Barrett. Barrett played one-drop grooves.",
    ),
    S("rudd", "Simon Wright replaced Rudd in 1983. He used a cowbell and played busier fills."),
    S("rudd", "Rudd returned in 1994. His playing was as sparse as ever.", "hits_per_quarter-"),
    S("quest", "D'Angelo sings far behind the beat."),
    S(
        "quest",
        "Dilla's drums were late and unquantised; Questlove learned to play like that.",
        "?push_ms+; ?timing_sd_ms+",
    ),
    S(
        "prince",
        "Sheila E. played timbales with him on the tour.",
        "?kit.timbale_high;?plays_with=Sheila E.",
    ),
    S(
        "yes",
        "Bruford left for King Crimson, and Alan White learned the set in three days.",
        "plays_with=King Crimson#Bill Bruford",
    ),
    S("yes", "Alan White plays heavier than his predecessor.", "velocity_mean+#Alan White"),
    S("moon", "The moon rose at 9, and the band played until 2."),
    S("chic", "It was a chic bar where the drummer used brushes."),
    S("ringo", "Some say that Ringo could not play in time, but that is a myth.", "?timing_sd_ms-"),
    S("ringo", "If Ringo had used double bass drums, the songs would have sounded heavier."),
    S("bonham", '"I wish I could swing like that," said Ginger Baker of him.', "?swing_8ths+"),
    S("bonham", "Did he use a double pedal? Nobody knows."),
    S("neu", "Contemporary bands in England rarely played at 160 bpm."),
    S("lombardo", "Is it 200 bpm or 220? Lombardo laughs and says he has no idea."),
    S(
        "purdie",
        "You'd think that he plays loud. He doesn't: his touch is gentle.",
        "velocity_mean-",
    ),
    S(
        "carlton",
        "Barrett tuned his snare high and played timbale-like fills at the start of songs.",
        "?fill_rate+; ?kit.timbale_high",
    ),
    S(
        "allen",
        "Sparse it is not: Allen plays something on every sixteenth.",
        "hits_per_quarter+; ?hits_per_quarter=4",
    ),
]

_MIXED = sorted(SENTENCES, key=lambda s: crc32(s.text.encode()))
TUNING, KEPT_ASIDE = _MIXED[::2], _MIXED[1::2]
