"""Words that decide whether something is said, denied, guessed or said of somebody else.

Conventions: sets of words in lower case, or phrases as in `tokens`.
"""

from mididrumigen.prose.tokens import word_set

DENYING = (
    "not|never|no|without|rarely|seldom|hardly|scarcely|barely|nor|neither|few|fewer|little"
    "|less|avoids|avoided|avoiding|avoid|lacks|lacked|lacking|eschews|eschewed|eschewing|eschew"
    "|shuns|shunned|refuses|refused|refusing|devoid|nothing|none|cannot|can't|isn't|wasn't"
    "|aren't|weren't|doesn't|didn't|don't|won't|wouldn't|couldn't|hasn't|hadn't|haven't|lack"
    "|absence|hates|hated|dislikes|disliked|detests|detested|abandons|abandoned|dispensed"
    "|dispenses|sparing|sparingly|minimum / leave|leaves|leaving|left out / free of / instead of"
    " / rather than / in place of"
    " / stays|stayed|steers|steered|keeps|kept|shies|shied|stray|strays|strayed|straying away"
    "|clear from|of / stray|strays|strayed|straying|deviates|deviated|departs|departed from"
    " / gave|gives up / ventures|ventured|steps|stepped|moves|moved out of / outside|beyond the?"
    " / far from / anything but / other than / does|do away with / did away with"
    " / got|gets rid of"
)
"""Before what they deny."""

AFFIRMING = (
    "no stranger / no shortage / no lack / not only|just|merely|simply / no doubt / nothing but"
    " / not to mention / never fails|failed / not afraid|shy / without doubt|question / no less"
    " / a few|little / no longer just / never shied|shies|stops|stopped|far"
    " / couldn't|cannot|can't help|resist / quite a few / no one|matter|wonder / not without"
    " / hardly surprising / no accident / a little bit? / rather than later / never mind"
    " / little known / no other / nothing less / rarely without / never without / like no"
)
"""Look like a denial and are none."""

DENYING_AFTER = (
    "is|are|was|were .. rare|absent|missing|scarce|nowhere|few|avoided|kept"
    " / it|he|they is|was|are not / be to? a? minimum / is|are|was|were not|never / nowhere to"
    " / he|she|they does|do|did|doesn't|didn't not"
)
"""After what they deny."""

SCOPE_ENDS = word_set(
    "but always often instead yet however though although still then because just only whereas"
    " while"
)
"""What is denied before one of these is not denied after it."""

UNREAL = (
    "if .. had|were|could|would|you / wish|wished|wishes / imagine|imagined"
    " / would|could|might|should have / had he|she|they / were to"
    " / you'd|you|one think|expect|assume / pretend|pretended / supposed|ought to / try to"
    " / tip|tips|exercise|lesson|practice|practise / how to play"
    " / plugin|plug|preset|software|sample library|pack / next time / unless / are|is the? norm"
    " / not|didn't|doesn't|don't|isn't|wasn't always|necessarily|exactly"
)
"""What is told is not so, or not of him."""

HEDGED = (
    "perhaps|maybe|possibly|allegedly|reportedly|supposedly|apparently|seems|seemed|arguably"
    "|sometimes|occasionally / some|many say|claim|believe|think|argue"
    " / said|thought|believed|rumoured|rumored to / according to legend / i think|guess"
    " / kind|sort of / early on|in his early / at first|times"
)
"""Told with less certainty."""

MYTHICAL = (
    "myth|myths|rumour|rumours|rumor|legend|misconception|hoax|parody|joke|joked / contrary to"
    " / untrue|false"
)
"""Told as what is not true."""

COMPARED = word_set("than like unlike compared versus")

GUESSED_NUMBER = word_set(
    "around about roughly approximately circa ca c near nearly almost some approx"
)

OTHER_ROLES = word_set(
    "producer engineer bassist guitarist singer vocalist pianist keyboardist saxophonist"
    " trumpeter percussionist"
    " frontman predecessor successor replacement brother father son teacher fans fan critics"
    " critic listeners"
    " drummers producers bands musicians contemporaries peers students player's others imitators"
    " rivals bassists"
    " guitarists journalists reviewers friend uncle cousin mother sister wife nephew"
)
"""Who is not the drummer that is spoken of, where no name says more."""

PLACED = word_set(
    "with for under by from of to in on at like unlike than after before alongside against over"
    " into about"
    " behind via including featuring between among through since until during joined and or"
)
"""A name after one of these is not the subject."""

OPENERS = word_set(
    "while whereas but although though because where when until so since whose who which whom"
    " that and yet"
)
RELATIVE = word_set("who whose whom which")

PERSON_WORDS = word_set("he his she her they their")
"""Pronouns that stand for somebody who was named."""
OWNING_WORDS = word_set("his her their my our")
"""Those of them that say whose something is."""
SPEAKER_WORDS = word_set("i my i'm i've i'd we our")

INSTRUMENTS = (
    "guitar|guitars|bassline|basslines|piano|vocals|vocal|singing|sings|sang|voice|saxophone"
    "|sax|trumpet|horns|horn|keyboard|keyboards|synth|synths|strings|violin|organ|banjo|riff"
    "|riffs|melody|melodies|lyrics|solo guitar / bass guitar|line|lines|player|playing|part|riff"
    " / rhythm guitar|guitars / rap|raps|rapping|flow"
)
DRUMS = (
    "drum*|snare*|kick*|hi|hihat*|hat|hats|cymbal*|tom|toms|backbeat*|ghost|fill|fills|beat"
    "|beats|groove*|percussion*|stick*|rim*|bass drum"
)

SKIPPED_SECTIONS = (
    "discography",
    "references",
    "award",
    "filmography",
    "videography",
    "bibliography",
    "notes",
    "citations",
    "sources",
    "charts",
    "certifications",
    "external",
    "see also",
    "further",
    "accolades",
    "nominations",
    "tour",
    "track",
    "personnel",
    "credits",
    "singles",
    "albums",
    "honours",
    "honors",
    "footnotes",
    "literature",
    "releases",
    "sales",
)
"""Beginnings of headings under which nothing is read."""

TOLD_SECTIONS = word_set(
    "style technique playing drumming equipment gear drums drum kit setup sound musicianship"
    " groove rhythm approach feel composition"
)
"""Words of headings under which people write about drumming."""
DOUBTED_SECTIONS = word_set(
    "influences influence legacy trivia tributes reception impact popular parody fiction"
)
"""Words of headings under which others are told of."""

NO_NAMES = word_set(
    "the a an in on at for from with by of and but or as to his her their its he she they it"
    " this that these those"
    " when while where who what which how why if after before during since until unlike like"
    " compared although though"
    " however both all most many some few no not yes one two three four five six seven eight"
    " nine ten live also then"
    " there here early late later once never always often rarely sometimes early known best"
    " another other much more"
    " american british english scottish irish welsh german french canadian australian jamaican"
    " nigerian cuban brazilian"
    " african latin european japanese italian swedish norwegian christian january february march"
    " april may june july"
    " august september october november december monday tuesday wednesday thursday friday"
    " saturday sunday bpm i i'm"
    " i've my we our you your famous legendary contemporary drummer drummers band bands fans"
    " critics sheet music"
    " most every each even only just because so former fellow producer session rock jazz funk"
    " soul reggae metal punk"
    " hip hop drum drums drumming snare kick hi hat hats sixteenth sixteenths splash ghost tempo"
    " double at do did is"
    " was are were has had have does can could would will should let there's it's he's contrary"
    " did though"
)
"""Written with a capital only because they begin a sentence, or no name of a player anyhow."""
