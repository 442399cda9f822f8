"""Whom names lead to, as people type them: `python tests/benchmarks/names.py`.

Prints the hit rate of each kind, every miss, who of a crowd of strangers is taken for somebody,
how many names with random slips are still found, and the time that a name takes. Goals: 90 % of
each kind, a name with a slip never taken for another, 25 ms for a name that is not known.
"""

import re
import statistics
import time
from collections.abc import Mapping
from random import Random

from mididrumigen.app.resolve import Resolved, known
from mididrumigen.errors import InputError
from mididrumigen.knowledge import Library
from mididrumigen.models.names import normalise_name

SLIPS = 400
STRANGERS = 400

NAMES: dict[str, dict[str, str | None]] = {
    "case, accents, dots": {
        "beyonce": "Beyoncé",
        "sigur ros": "Sigur Rós",
        "MOTLEY CRUE": "Mötley Crüe",
        "motorhead": "Motörhead",
        "bjork": "Björk",
        "Husker Du": "Hüsker Dü",
        "maneskin": "Måneskin",
        "Tre Cool": "Tré Cool",
        "jose luis quintana": "Changuito",
        "Royksopp": "Röyksopp",
        "celine dion": "Céline Dion",
        "cesaria evora": "Cesária Évora",
        "rem": "R.E.M.",
        "NWA": "N.W.A",
        "n.i.n.": "Nine Inch Nails",
        "sheila e": "Sheila E.",
        "dr dre": "Dr. Dre",
        "anderson paak": "Anderson .Paak",
        "asap rocky": "A$AP Rocky",
        "will i am": "will.i.am",
        "ke$ha": "Ke$ha",
        "sunn o": "Sunn O)))",
        "motoerhead": "Motörhead",
        "Die Arzte": "Die Ärzte",
    },
    "misspelt": {
        "Led Zepplin": "Led Zeppelin",
        "Led Zeplin": "Led Zeppelin",
        "Jon Bonham": "John Bonham",
        "John Bonam": "John Bonham",
        "Jonh Bonham": "John Bonham",
        "Niel Pert": "Neil Peart",
        "Lynard Skynard": "Lynyrd Skynyrd",
        "Metalica": "Metallica",
        "Metallcia": "Metallica",
        "Slipnot": "Slipknot",
        "Raidohead": "Radiohead",
        "Red Hot Chilli Peppers": "Red Hot Chili Peppers",
        "Smashing Pumkins": "The Smashing Pumpkins",
        "Stuart Copland": "Stewart Copeland",
        "Phil Colins": "Phil Collins",
        "Questlov": "Questlove",
        "Travis Baker": "Travis Barker",
        "Buddy Ritch": "Buddy Rich",
        "Dave Growl": "Dave Grohl",
        "Steve Gad": "Steve Gadd",
        "Beegees": "Bee Gees",
        "The Beetles": "The Beatles",
        "Beatels": "The Beatles",
        "Nirvanna": "Nirvana",
        "Fleetwod Mac": "Fleetwood Mac",
        "Guns n Rosses": "Guns N' Roses",
        "Aretha Frankin": "Aretha Franklin",
        "Stevie Wonda": "Stevie Wonder",
        "Jimmy Hendrix": "The Jimi Hendrix Experience",
        "Ozzy Osborne": "Ozzy Osbourne",
        "Kendrik Lamar": "Kendrick Lamar",
        "Jamiriquai": "Jamiroquai",
        "Gorilaz": "Gorillaz",
        "Coldpaly": "Coldplay",
        "Artic Monkeys": "Arctic Monkeys",
        "Queens of the Stoneage": "Queens of the Stone Age",
        "Siouxie and the Banshees": "Siouxsie and the Banshees",
        "Bryan Blade": "Brian Blade",
        "Bernard Perdie": "Bernard Purdie",
        "Zigaboo Modalist": "Zigaboo Modeliste",
    },
    "the, and, &": {
        "beatles": "The Beatles",
        "The Led Zeppelin": "Led Zeppelin",
        "the queen": "Queen",
        "Who": "The Who",
        "Band": "The Band",
        "rolling stones the": "The Rolling Stones",
        "Rolling Stones, The": "The Rolling Stones",
        "Police, The": "The Police",
        "Simon and Garfunkel": "Simon & Garfunkel",
        "simon + garfunkel": "Simon & Garfunkel",
        "Simon n Garfunkel": "Simon & Garfunkel",
        "Kool And The Gang": "Kool & the Gang",
        "Kool & Gang": "Kool & the Gang",
        "Sly & Family Stone": "Sly and the Family Stone",
        "Guns and Roses": "Guns N' Roses",
        "Guns & Roses": "Guns N' Roses",
        "earth wind fire": "Earth, Wind & Fire",
        "Bob Marley & The Wailers": "Bob Marley and the Wailers",
        "Bob Marley and Wailers": "Bob Marley and the Wailers",
        "Derek & Dominos": "Derek and the Dominos",
        "Salt n Pepa": "Salt-N-Pepa",
        "Florence": None,
        "Bonham, John": "John Bonham",
        "Peart, Neil": "Neil Peart",
        "Marley, Bob": "Bob Marley",
    },
    "guests": {
        "AC/DC ft. Axl Rose": "AC/DC",
        "Daft Punk feat. Pharrell": "Daft Punk",
        "Drake ft Rihanna": "Drake",
        "Eminem featuring Dido": "Eminem",
        "Jay-Z (feat. Alicia Keys)": "Jay-Z",
        "Santana [feat. Rob Thomas]": "Santana",
        "Gorillaz with De La Soul": "Gorillaz",
        "Queen & David Bowie": "Queen",
        "Queen + Adam Lambert": "Queen",
        "Linkin Park x Jay-Z": "Linkin Park",
        "Run-DMC vs. Jason Nevins": "Run-DMC",
        "Tony Bennett and Lady Gaga": "Tony Bennett",
        "Kendrick Lamar, SZA": "Kendrick Lamar",
        "Skrillex / Diplo": "Skrillex",
        "Metallica w/ Lou Reed": "Metallica",
        "Massive Attack f. Tricky": "Massive Attack",
    },
    "spaces": {
        "led zep pelin": "Led Zeppelin",
        "ledzeppelin": "Led Zeppelin",
        "johnbonham": "John Bonham",
        "PinkFloyd": "Pink Floyd",
        "ac dc": "AC/DC",
        "A C D C": "AC/DC",
        "Sound Garden": "Soundgarden",
        "Radio Head": "Radiohead",
        "Cold Play": "Coldplay",
        "Run DMC": "Run-DMC",
        "blink182": "Blink-182",
        "U 2": "U2",
        "B B King": "B.B. King",
        "J.Dilla": "J Dilla",
        "quest love": "Questlove",
        "jayz": "Jay-Z",
        "Out Kast": "OutKast",
        "john_bonham": "John Bonham",
        "Deadmau 5": "deadmau5",
        "D J Premier": "DJ Premier",
        "ZZTop": "ZZ Top",
        "TRex": "T. Rex",
    },
    "nicknames": {
        "Bonzo": "John Bonham",
        "Ringo": "Ringo Starr",
        "Pretty Purdie": "Bernard Purdie",
        'Bernard "Pretty" Purdie': "Bernard Purdie",
        "Jabo": "Jabo Starks",
        'John "Bonzo" Bonham': "John Bonham",
        "Philly Joe": "Philly Joe Jones",
        "Zep": "Led Zeppelin",
        "Zeppelin": "Led Zeppelin",
        "The Stones": "The Rolling Stones",
        "The Boss": "Bruce Springsteen",
        "Floyd": "Pink Floyd",
        "Sabbath": "Black Sabbath",
        "Maiden": "Iron Maiden",
        "The Chili Peppers": "Red Hot Chili Peppers",
        "RHCP": "Red Hot Chili Peppers",
        "NIN": "Nine Inch Nails",
        "QOTSA": "Queens of the Stone Age",
        "Dilla": "J Dilla",
        "Fab Four": "The Beatles",
        "Hendrix": "The Jimi Hendrix Experience",
        "Bowie": "David Bowie",
        "Coltrane": "John Coltrane",
        "Metallica's drummer": "Lars Ulrich",
        "Jacko": "Michael Jackson",
        "MJ": None,
        "The King of Pop": "Michael Jackson",
        "Wu-Tang": "Wu-Tang Clan",
        "Tribe Called Quest": "A Tribe Called Quest",
        "Smashing Pumpkins": "The Smashing Pumpkins",
        "Porcaro": "Jeff Porcaro",
        "Peart": "Neil Peart",
        "Portnoy": "Mike Portnoy",
        "Fela": "Fela Kuti",
    },
    "other scripts": {
        "кино": "Кино",
        "Виктор Цой": "Кино",
        "Zemfira": "Земфира",
        "坂本龍一": "坂本龍一",
        "ヌジャベス": "Nujabes",
        "ベビーメタル": "BABYMETAL",
        "블랙핑크": "BLACKPINK",
        "방탄소년단": "BTS",
        "周杰伦": "周杰倫",
        "الشاب خالد": "Khaled",
        "עומר": None,
        "ザ・ビートルズ": "The Beatles",
        "ビートルズ": "The Beatles",
        "披头士": "The Beatles",
        "Битлз": "The Beatles",
        "Металлика": "Metallica",
        "メタリカ": "Metallica",
        "レッド・ツェッペリン": "Led Zeppelin",
        "Джон Бонэм": "John Bonham",
        "\uff2a\uff2f\uff28\uff2e \uff22\uff2f\uff2e\uff28\uff21\uff2d": "John Bonham",
        "Горан Бреговић": "Goran Bregović",
        "ሙላቱ አስታጥቄ": "Mulatu Astatke",
        "ボサノヴァ": "bossa nova",
        "джаз": "jazz",
    },
    "band and drummer": {
        "John Bonham (Led Zeppelin)": "John Bonham",
        "Led Zeppelin (John Bonham)": "Led Zeppelin",
        "John Bonham of Led Zeppelin": "John Bonham",
        "John Bonham from Led Zeppelin": "John Bonham",
        "John Bonham, Led Zeppelin": "John Bonham",
        "John Bonham - Led Zeppelin": "John Bonham",
        "Led Zeppelin - John Bonham": "Led Zeppelin",
        "Led Zeppelin drummer": "Led Zeppelin",
        "drummer of Led Zeppelin": "Led Zeppelin",
        "drummer from Tool": "Tool",
        "Rush's drummer": "Rush",
        "the drummer of Rush": "Rush",
        "Neil Peart style": "Neil Peart",
        "in the style of John Bonham": "John Bonham",
        "like John Bonham": "John Bonham",
        "Genesis": "Genesis",
        "Phil Collins": "Phil Collins",
        "Roger Taylor (Queen)": "Roger Taylor",
        "Queen": "Queen",
        "Dave Grohl in Nirvana": "Dave Grohl",
    },
    "shared names": {
        "Nirvana": "Nirvana | Seattle, grunge",
        "Nirvana (60s)": "Nirvana | London, 1960s psychedelia",
        "Nirvana 60s": "Nirvana | London, 1960s psychedelia",
        "Nirvana (band)": "Nirvana | Seattle, grunge",
        "Nirvana (US band)": "Nirvana | Seattle, grunge",
        "Eve": "Eve",
        "Eve (Japan)": "Eve",
        "Air (jazz)": "Air",
        "The Beat (US)": "The Beat",
        "jungle": "jungle",
        "Jungle": "Jungle",
        "Suede": "Suede",
        "The The": "The The",
        "Queen (band)": "Queen",
        "Yes (band)": "Yes",
        "Prince (musician)": "Prince",
        "Death (metal band)": "Death",
        "Europe (band)": "Europe",
    },
    "styles": {
        "bossanova": "bossa nova",
        "bosa nova": "bossa nova",
        "Hip-Hop": "hip hop",
        "hiphop": "hip hop",
        "rock'n'roll": "rock and roll",
        "rock & roll": "rock and roll",
        "rock n roll": "rock and roll",
        "RnB": "contemporary R&B",
        "R & B": "contemporary R&B",
        "drum & bass": "drum and bass",
        "drum'n'bass": "drum and bass",
        "DnB": "drum and bass",
        "regae": "reggae",
        "raggae": "reggae",
        "raggaeton": "reggaeton",
        "reguetón": "reggaeton",
        "Heavy-Metal": "metal",
        "deathmetal": "death metal",
        "trash metal": "thrash metal",
        "synth pop": "synth-pop",
        "lofi": "lo-fi hip hop",
        "lo fi hip-hop": "lo-fi hip hop",
        "boombap": "boom bap",
        "boom-bap beat": "boom bap",
        "salsa music": "salsa",
        "jazz drums": "jazz",
        "latin jaz": "Latin jazz",
        "progresive rock": "progressive rock",
        "shoe gaze": "shoegaze",
        "neosoul": "neo soul",
        "UK Garage": "UK garage",
        "afro beat": "afrobeat",
        "afro beats": "Afrobeats",
        "dub step": "dubstep",
        "ska-punk": "punk",
        "technno": "techno",
        "a funk groove": "funk",
    },
    "nobody": dict.fromkeys(
        (
            "Zzyzx Unheard Of",
            "Qwerty Asdf",
            "John",
            "The",
            "Steve Gaddis",
            "Tony Alley",
            "Tony Williamson",
            "Jon Bohannon",
            "John Bonner",
            "Keith Moore",
            "Charlie Waters",
            "Phil Collen",
            "Bill Wardell",
            "Mick Fleet",
            "Mike Clarkson",
            "Dave Lombardi Trio",
            "Roger Tyler",
            "Nick Madison",
            "Earl Youngblood",
            "Larry Hearst",
            "Pink Lloyd",
            "Black Sabotage",
            "Deep Purse",
            "Iron Aiden",
            "The Strikes",
            "The Rolling Bones",
            "Led Balloon",
            "Radio Dread",
            "Mega Depth",
            "Cold Clay",
            "Dream Feather",
            "Joy Revision",
            "New Border",
            "Arctic Donkeys",
            "Stone Temple Copilots",
            "Green Jay",
            "Pearl Ham",
            "Ringo Starfish",
            "Tame Gorilla",
            "Marta Nowak",
            "Grzegorz Brzęczyszczykiewicz",
            "Иван Неизвестный",
            "無名太郎",
            "xX_drummer_Xx",
            "12345",
            "my band",
            "the band next door",
            "Dave and the Daves",
            "Eve and the Snakes",
            "Prince of Nowhere",
            "Free Beer & Chicken",
            "Queen of Spades",
            "Love, Laughter & Co",
            "Common Sense Quartet",
            "Yes We Can",
            "Air Traffic Control",
            "James and the Giants",
            "Death in Vegas Nights",
            "Ride the Wave",
            "Jones",
            "Tony Jones",
            "Joe Williams",
            "Jimmy Smithson",
            "Paul Simmons",
            "John Lord",
            "Billy Jole Tribute",
            "Marilyn Mason",
            "Justin Beaver",
            "The Beagles",
            "Mooney & Sons",
        )
    ),
}


def led_to(resolved: Resolved) -> str | None:
    """What a name led to: an artist's name, a style's title, or None."""
    match resolved.profile.basis:
        case "unknown":
            return None
        case "genre":
            return resolved.player
        case _:
            return resolved.artist.name


def hit(library: Library, name: str, wanted: str | None) -> tuple[bool, str]:
    """(whether a name led where it should, where it led to)."""
    resolved = known(library, name)
    found = led_to(resolved)
    if wanted and " | " in wanted:
        found = f"{found} | {resolved.artist.disambiguation}"
    called = {found, resolved.player} if found else {found}
    return wanted in called, str(found)


def crossed(library: Library, count: int) -> list[str]:
    """Names that nobody has: the first of one artist's words and the last of another's."""
    rng = Random(1)
    names = [n for n in library.names() if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", n)]
    there = {normalise_name(name) for name in library.names()}
    made: dict[str, None] = {}
    while len(made) < count:
        first, last = rng.choice(names).split()[0], rng.choice(names).split()[1]
        if normalise_name(f"{first} {last}") not in there:
            made[f"{first} {last}"] = None
    return list(made)


def slipped(name: str, rng: Random) -> str:
    """A name with one slip of the fingers: a letter dropped, doubled, wrong or swapped."""
    at = rng.choice([i for i, c in enumerate(name) if c.isalpha()])
    match rng.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at] + name[at:]
        case 2:
            return name[:at] + rng.choice("aeioulnrst") + name[at + 1 :]
        case _:
            return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def main() -> None:
    """Measure."""
    library = Library()
    known(library, "Zzyzx Unheard Of")  # reads the files, imports rapidfuzz
    times: dict[bool, list[float]] = {True: [], False: []}
    hits = names = 0
    missed: list[str] = []
    for kind, wanted in NAMES.items():
        right = 0
        for name, who in wanted.items():
            exact = library.find(name) is not None
            began = time.perf_counter()
            is_hit, found = hit(library, name, who)
            times[exact].append((time.perf_counter() - began) * 1000)
            right += is_hit
            if not is_hit:
                missed.append(f"  {kind:20} {name!r} -> {found}, not {who}")
        print(f"{kind:20} {right:3} of {len(wanted):3}  {right / len(wanted):4.0%}")
        hits, names = hits + right, names + len(wanted)
    print(f"{'all':20} {hits:3} of {names:3}  {hits / names:4.0%}")
    print("missed:", *missed, sep="\n")
    taken = taken_for(library, crossed(library, STRANGERS))
    print(f"crossed names taken for somebody: {len(taken)} of {STRANGERS}")
    print(*(f"  {name!r} -> {who}" for name, who in taken.items()), sep="\n")
    print_slips(library)
    for exact, took in times.items():
        what = "found as it is" if exact else "looked for"
        took.sort()
        p95 = took[int(len(took) * 0.95)]
        print(f"{what:20} {statistics.median(took):5.1f} ms, {p95:5.1f} ms in 95 %")


def taken_for(library: Library, strangers: list[str]) -> Mapping[str, str]:
    """Stranger -> whom it was taken for."""
    found = {name: led_to(known(library, name)) for name in strangers}
    return {name: who for name, who in found.items() if who}


def print_slips(library: Library) -> None:
    """How many names are still found with one slip in them."""
    rng = Random(2)
    names = [n for n in dict.fromkeys(library.names()) if len(normalise_name(n)) >= 6]
    outcomes = {"right": 0, "asked about": 0, "wrong": 0}
    wrong = []
    for name in rng.sample(names, SLIPS):
        typed = slipped(name, rng)
        try:
            resolved = known(library, typed)
        except InputError:
            continue
        meant, found = known(library, name), led_to(resolved)
        if found == led_to(meant):
            outcomes["right"] += 1
        elif found is None:
            outcomes["asked about"] += 1
        else:
            outcomes["wrong"] += 1
            wrong.append(f"  {typed!r} -> {found}, not {led_to(meant)}")
    print(f"one slip in {SLIPS} names: " + ", ".join(f"{n} {what}" for what, n in outcomes.items()))
    print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
