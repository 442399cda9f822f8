"""What a musician sees: every control, field and label of the device, with its place.

Conventions: rectangles are (left, top, width, height) in whole pixels of a view that is 169 high.
On the left is what is always needed; on the right one of three pages. A control's `key` is what the
script knows it by. Long names are what Live keeps automation under: once released they stay.
"""

from dataclasses import dataclass
from typing import Literal

from m4l import boxes
from m4l.boxes import AUTOMATED, HIDDEN, STORED, Rect

WIDTH, HEIGHT = 476, 169

Page = Literal["", "play", "style", "setup"]
PAGES: tuple[Page, ...] = ("play", "style", "setup")
PAGE_LABELS = ("Play", "Style", "Setup")
"""Words on the tabs, in the order of `PAGES`."""


@dataclass(frozen=True, slots=True)
class Control:
    """Something that has a value for Live, or a button."""

    key: str
    kind: Literal["dial", "numbox", "menu", "tab", "switch", "button", "meter"]
    long: str
    short: str
    info: str
    rect: Rect
    page: Page = ""
    initial: int = 0
    span: tuple[int, int] = (0, 100)
    choices: tuple[tuple[str, str], ...] = ()
    """(what is read, what the daemon is asked for), of a menu, a tab or a switch."""
    unit: int = boxes.PLAIN
    visibility: int = AUTOMATED
    used_where: tuple[str, int] = ("", 0)
    """(key of another control, the place of its choice): dimmed where that one stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Field:
    """Text that is typed and kept with the set."""

    key: str
    long: str
    short: str
    info: str
    initial: str
    rect: Rect | None
    """None: it is not shown."""
    page: Page = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words; one with a key is written by the script."""

    text: str
    rect: Rect
    page: Page = ""
    key: str = ""

    @property
    def name(self) -> str:
        """What its box is called."""
        words = self.text.lower().replace(" ", "_").replace("-", "_")
        return self.key or f"label_{self.page}_{words}"


# fmt: off
CONTROLS = (
    Control("generate", "button", "Generate", "Generate",
            "Plays in the style of the artist and puts the takes into empty clip slots of this"
            " track, or into the arrangement. No clip is ever overwritten.",
            (8, 42, 98, 20), visibility=HIDDEN),
    Control("reroll", "button", "Re-roll", "Re-roll",
            "New takes with another seed. Locked drums stay as they are in the last take, or in the"
            " one of its clips that is selected.",
            (110, 42, 98, 20), visibility=HIDDEN),
    Control("progress", "meter", "Progress", "Progress",
            "How far the daemon is with what you asked for.",
            (8, 131, 146, 15), unit=boxes.PERCENT, visibility=HIDDEN),
    Control("cancel", "button", "Cancel", "Cancel",
            "Stops what the daemon does for this device. What was found is kept.",
            (158, 131, 50, 15), visibility=HIDDEN),
    Control("better", "button", "Better Take", "Better Take",
            "Lit when more has been learnt about the artist since the last takes: plays them again"
            " from the better profile, in new clips.",
            (8, 149, 200, 15), visibility=HIDDEN),
    Control("page", "tab", "Page", "Page",
            "Play: what you turn most. Style: feel, part, drum map, locks. Setup: research, the"
            " studio, the daemon.",
            (220, 8, 248, 16), choices=tuple(zip(PAGE_LABELS, PAGES, strict=True)),
            visibility=STORED),

    Control("bars", "numbox", "Bars", "Bars", "Length of each clip in bars, 1 to 32.",
            (220, 48, 56, 15), "play", 4, (1, 32)),
    Control("variations", "numbox", "Variations", "Variations",
            "How many different takes are written, 1 to 8.",
            (220, 88, 56, 15), "play", 4, (1, 8)),
    Control("intensity", "dial", "Intensity", "Intensity",
            "How loud the drummer plays. 50 is the artist's own.",
            (284, 38, 92, 47), "play", 50, unit=boxes.PERCENT),
    Control("complexity", "dial", "Complexity", "Complexity",
            "How much the drummer plays. 0 is the bare groove, 50 the artist's own.",
            (376, 38, 92, 47), "play", 50, unit=boxes.PERCENT),
    Control("destination", "menu", "Destination", "Clips To",
            "Where the clips go: empty slots of this track in the Session view, or free room on it"
            " in the Arrangement, from the playhead on.",
            (220, 128, 120, 15), "play", choices=(("Session", "session"),
                                                  ("Arrangement", "arrangement"))),
    Control("launch", "switch", "Launch First Clip", "Launch",
            "Launches the first new clip as soon as it is written, quantised as the set says.",
            (348, 128, 120, 15), "play",
            choices=(("Launch off", "0"), ("Launch on", "1"))),

    Control("tempo", "menu", "Tempo Source", "Tempo Src",
            "The tempo to play for. Live: the set's. Artist: the artist's own. Fixed: the number"
            " beside it. The clip itself always follows Live.",
            (220, 44, 60, 15), "style", choices=(("Live", "live"), ("Artist", "artist"),
                                                 ("Fixed", "fixed"))),
    Control("bpm", "numbox", "Fixed Tempo", "Fixed BPM",
            "The tempo to play for where Tempo Source is Fixed, 30 to 300 BPM.",
            (284, 44, 44, 15), "style", 120, (30, 300), used_where=("tempo", 2)),
    Control("part", "menu", "Part", "Part",
            "What is played. Mixed: a loop first, then full parts with fills.",
            (332, 44, 64, 15), "style", choices=(
                ("Mixed", ""), ("Groove", "groove"), ("Fill", "fill"), ("Pick-up", "pickup"),
                ("Verse", "verse"), ("Chorus", "chorus"), ("Full", "full"))),
    Control("map", "menu", "Drum Map", "Drum Map",
            "Which pads and notes the clips are written for. Default: as the daemon is set up; EZ:"
            " EZdrummer; AD2: Addictive Drums 2.",
            (400, 44, 68, 15), "style", choices=(
                ("Default", ""), ("GM", "gm"), ("Drum Rack", "ableton"), ("Rack 16", "ableton16"),
                ("Logic", "logic"), ("EZ", "ezdrummer"), ("Superior", "superior"),
                ("AD2", "addictive2"), ("Roland TD", "roland"))),
    Control("swing", "dial", "Swing", "Swing",
            "Share of a pair of notes that the first one takes: 50 is straight, 67 a triplet. Used"
            " where Swing Source is Set.",
            (220, 63, 62, 47), "style", 50, (50, 75), unit=boxes.PERCENT,
            used_where=("own_swing", 1)),
    Control("humanize", "dial", "Humanize", "Humanize",
            "Chance in timing and loudness. 100 is as measured on the artist, 0 none.",
            (282, 63, 62, 47), "style", 100, unit=boxes.PERCENT),
    Control("feel", "dial", "Feel", "Feel",
            "Swing and early or late drums. 100 is as measured on the artist, 0 on the grid.",
            (344, 63, 62, 47), "style", 100, unit=boxes.PERCENT),
    Control("fills", "dial", "Fills", "Fills",
            "How often fills come. 0 never, 50 at the artist's rate, 100 at every phrase end.",
            (406, 63, 62, 47), "style", 50, unit=boxes.PERCENT),
    Control("own_swing", "switch", "Swing Source", "Swing Src",
            "Artist: swing as measured on the artist. Set: the dial above.",
            (226, 112, 50, 15), "style", choices=(("Artist", "0"), ("Set", "1"))),
    Control("provider", "menu", "Adviser", "Adviser",
            "Which language model advises. Auto: as the daemon is set up. None: the engine alone.",
            (350, 112, 118, 15), "style", choices=(
                ("Auto", "auto"), ("None", "none"), ("Anthropic", "anthropic"),
                ("OpenAI", "openai"), ("Google", "google"), ("Local", "local"))),
    Control("lock_kick", "switch", "Lock Kick", "Lock Kick",
            "Re-roll leaves the kick drum as it is.",
            (308, 143, 50, 15), "style", choices=(("Kick", "0"), ("Kick", "1"))),
    Control("lock_snare", "switch", "Lock Snare", "Lock Snare",
            "Re-roll leaves the snare drum as it is.",
            (363, 143, 50, 15), "style", choices=(("Snare", "0"), ("Snare", "1"))),
    Control("lock_hats", "switch", "Lock Hats", "Lock Hats",
            "Re-roll leaves the hi-hats as they are.",
            (418, 143, 50, 15), "style", choices=(("Hats", "0"), ("Hats", "1"))),

    Control("augment", "button", "Augment Research", "Augment",
            "Finds out more about the artist from every source that is switched on; can take"
            " minutes, while you go on playing.",
            (220, 36, 122, 18), "setup", visibility=HIDDEN),
    Control("studio", "button", "Studio in Browser", "Studio",
            "Opens the studio page of the daemon in your browser.",
            (346, 36, 122, 18), "setup", visibility=HIDDEN),
    Control("selftest", "button", "Self-Test", "Self-Test",
            "Checks everything that this device needs from Live and from the daemon. It makes one"
            " clip in an empty slot and removes it again.",
            (346, 82, 122, 18), "setup", visibility=HIDDEN),
)

FIELDS = (
    Field("artist", "Artist", "Artist",
          "Any artist, band or drummer. Also a style, such as bossa nova. Where several have the"
          " name: the name, then # and a number.",
          "", (8, 20, 200, 19)),
    Field("host", "Daemon Host", "Host",
          "The machine that the daemon runs on; 127.0.0.1 is this one.",
          "127.0.0.1", (220, 82, 74, 18), "setup"),
    Field("port", "Daemon Port", "Port",
          "The port of the daemon, or auto: the first of 8000 to 8009 that answers.",
          "auto", (298, 82, 44, 18), "setup"),
    Field("memory", "Last Take", "Last Take",
          "Which takes were written last, for Re-roll with locks.",
          "", None),
)

STARTING = ("Starting. If this stays, the device's file is damaged: get it again with"
            " mididrumigen m4l install, and drag it in anew.")

LABELS = (
    Label("Artist, band, drummer or style", (8, 2, 200, 18)),
    Label(STARTING, (8, 65, 200, 63), key="status"),
    Label("Bars", (220, 30, 56, 18), "play"),
    Label("Variations", (220, 70, 56, 18), "play"),
    Label("Clips go to", (220, 110, 120, 18), "play"),
    Label("Tempo", (220, 26, 60, 18), "style"),
    Label("BPM", (284, 26, 44, 18), "style"),
    Label("Part", (332, 26, 64, 18), "style"),
    Label("Drum map", (400, 26, 68, 18), "style"),
    Label("Adviser", (300, 110, 48, 18), "style"),
    Label("Keep at Re-roll", (220, 141, 84, 18), "style"),
    Label("Host", (220, 64, 74, 18), "setup"),
    Label("Port", (298, 64, 44, 18), "setup"),
    Label("Not connected", (220, 112, 248, 28), "setup", key="connection"),
    Label("", (220, 144, 248, 18), "setup", key="version"),
)

BANKS = (
    ("Play", ("Bars", "Variations", "Intensity", "Complexity", "Swing", "Humanize", "Feel",
              "Fills")),
    ("Style", ("Part", "Drum Map", "Tempo Source", "Fixed Tempo", "Swing Source", "Lock Kick",
               "Lock Snare", "Lock Hats")),
    ("More", ("Destination", "Launch First Clip", "Adviser")),
)
# fmt: on
"""Push shows eight parameters at a time, by their long names."""


def names_on(page: Page) -> list[str]:
    """Names of the boxes that are on a page."""
    keyed = [item.key for item in (*CONTROLS, *FIELDS) if item.page == page and item.rect]
    return keyed + [label.name for label in LABELS if label.page == page]
