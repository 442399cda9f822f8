"""What a person reads. Results go to stdout, progress and remarks to stderr.

Conventions: words first, numbers behind them. Rich draws; colour and width follow the terminal, and
a pipe gets plain text.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mididrumigen.app.results import GenerateResult, ResearchResult, ShowResult, SimilarResult
from mididrumigen.drums import DRUMS, FAMILIES
from mididrumigen.groove import tab
from mididrumigen.models import Bar, Progress, StyleProfile
from mididrumigen.models.profile import BASIS_WORDS
from mididrumigen.store.queries import KnownArtist

_MOST_REFUSED, _MOST_OF_KIT, _MOST_QUOTES = 5, 8, 8
_PIPE_WIDTH = 200
"""Columns of a table where no terminal says how many there are: nothing is cut for a reader."""


def to_out() -> Console:
    """Where results go."""
    return _console(Console(highlight=False, soft_wrap=True))


def to_err() -> Console:
    """Where progress and remarks go."""
    return _console(Console(stderr=True, highlight=False, soft_wrap=True))


def _console(console: Console) -> Console:
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


def new_table(*columns: str, right: Sequence[str] = ()) -> Table:
    """An empty table; only its last column gives way where the terminal is narrow."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        is_last = column == columns[-1]
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=not is_last,
            overflow="fold" if is_last else "ellipsis",
        )
    return table


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Progress of a long verb on stderr; silent where that is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = to_err()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[item]}"),
    )
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(escape(title), total=None, item="")

        def tell(message: str, done: int, total: int) -> None:
            bars.update(task, completed=done, total=total or None, item=escape(message))

        yield Progress(listener=tell)


def say_generated(result: GenerateResult) -> None:
    """Where the files are, what was played and on what grounds."""
    out, err = to_out(), to_err()
    profile, request = result.profile, result.request
    for notice in result.notices:
        err.print(f"[yellow]{escape(notice)}[/]")
    bars = f"{request.bars} bar{'s' if request.bars > 1 else ''} of {request.metre}"
    out.print(
        f"[bold]{escape(profile.artist_name)}[/]"
        f"  {bars} at {request.tempo_bpm:g} BPM, seed {request.seed}"
        f"  ({BASIS_WORDS[profile.basis]}, confidence {profile.confidence_score:.2f})"
    )
    for index, pattern in enumerate(result.patterns):
        what = "loop" if pattern.variation == 1 and not request.part else request.part or "full"
        place = escape(str(result.files[index])) if result.files else "[dim]not written[/]"
        out.print(
            f"  {pattern.variation}  {what:6}  {len(pattern.hits):3} hits"
            f"  fit {pattern.fit:.2f}  {place}"
        )


def say_researched(result: ResearchResult, with_changes: bool = False) -> None:
    """What was learnt, what was refused and how sure it is; `with_changes`: what is new, too."""
    out, err = to_out(), to_err()
    for notice in result.notices:
        err.print(f"[yellow]{escape(notice)}[/]")
    for report in result.reports:
        if report.reason:
            err.print(f"[yellow]{report.source}: {escape(report.reason)}[/]")
        for item, reason in report.refused[:_MOST_REFUSED]:
            err.print(f"[yellow]left out[/] {escape(Path(item).name)}: {escape(reason)}")
        more = len(report.refused) - _MOST_REFUSED
        if more > 0:
            err.print(f"[yellow]left out[/] {more} more; --json names them all")
    profile = result.profile
    before = (
        "" if result.confidence_before is None else f" (before: {result.confidence_before:.2f})"
    )
    out.print(
        f"[bold]{escape(profile.artist_name)}[/]  confidence {profile.confidence_score:.2f}{before}"
    )
    out.print(f"  {escape(profile.text_description)}")
    out.print(f"  {len(profile.grooves)} grooves and {len(profile.fills)} fills in the vocabulary.")
    gave = [f"{report.source} {report.found}" for report in result.reports if report.found]
    if gave:
        out.print(f"  Found at: {', '.join(gave)}")
    for name, was, value in result.changes if with_changes else ():
        unit = profile.traits[name].unit
        out.print(f"  {name}: {'new, ' if was is None else f'{was:g} -> '}{value:g} {unit}")
    out.print(f'  Next: mididrumigen generate "{escape(profile.artist_name)}"')


def say_profile(result: ShowResult) -> None:
    """The profile: words, traits with what they rest on, the main groove as a tab."""
    out = to_out()
    profile = result.profile
    basis = BASIS_WORDS[profile.basis]
    out.print(
        f"[bold]{escape(profile.artist_name)}[/]"
        f"  {basis}, confidence {profile.confidence_score:.2f}"
    )
    if result.player != profile.artist_name:
        out.print(f"  drums in the style of {escape(result.player)}")
    out.print(f"  {escape(profile.text_description)}\n")
    table = new_table("trait", "value", "unit", "sure", "from", right=("value", "sure"))
    urls = {e.id: e.url for e in result.evidence}
    for name, trait in profile.traits.items():
        if "." in name:
            continue
        first = _short(urls.get(trait.evidence[0], trait.evidence[0]))
        more = f" and {len(trait.evidence) - 1} more" if len(trait.evidence) > 1 else ""
        value, sure = f"{trait.value:.2f}", f"{trait.confidence:.2f}"
        table.add_row(name, value, trait.unit, sure, escape(first + more))
    out.print(table)
    _say_families(out, profile)
    _say_what_was_said(out, result)
    shares = sorted(profile.kit.items(), key=lambda item: -item[1])[:_MOST_OF_KIT]
    kit = ", ".join(f"{DRUMS[voice].title} {share * 100:.0f} %" for voice, share in shares)
    out.print(f"\n[bold]kit[/]: {kit}")
    for title, bars in (("groove", profile.grooves), ("fill", profile.fills)):
        if bars:
            _say_bar(out, f"main {title}", bars[0])


def _say_families(out: Console, profile: StyleProfile) -> None:
    """The traits that differ from voice to voice, as a table of voices."""
    names = {
        "hits_per_quarter": "hits a beat",
        "velocity_mean": "loudness",
        "push_ms": "late (ms)",
        "swing_8ths": "swing 8ths",
        "swing_16ths": "swing 16ths",
        "timing_sd_ms": "loose (ms)",
    }
    found = [f for f in FAMILIES if any(f"{name}.{f}" in profile.traits for name in names)]
    if not found:
        return
    table = new_table("voice", *names.values(), right=tuple(names.values()))
    for family in found:
        cells = [profile.traits.get(f"{name}.{family}") for name in names]
        table.add_row(family, *(f"{trait.value:.1f}" if trait else "" for trait in cells))
    out.print()
    out.print(table)


def _say_what_was_said(out: Console, result: ShowResult) -> None:
    """Drummers, quotes, who says otherwise, and the sources that could not be asked."""
    if result.lineup:
        drummers = ", ".join(f"{name} {years}".strip() for name, years in result.lineup)
        out.print(f"\n[bold]drums[/]: {escape(drummers)}")
    by_id = {e.id: e for e in result.evidence}
    own = {name: trait for name, trait in result.profile.traits.items() if trait.is_own}
    quoted: dict[str, str] = {}
    for name, trait in own.items():
        for e in (by_id[i] for i in trait.evidence if i in by_id):
            if e.quote:
                quoted.setdefault(e.quote, f"{name}, {e.url}")
    for quote, where in list(quoted.items())[:_MOST_QUOTES]:
        out.print(f'  "{escape(quote)}" [dim]{escape(where)}[/]')
    for name, trait in own.items():
        against = sorted({by_id[i].source for i in trait.against if i in by_id})
        if against:
            out.print(f"  [yellow]{name}: otherwise says {', '.join(against)}[/]")
    for report in result.reports:
        if report.reason:
            out.print(f"  [yellow]{report.source}: {escape(report.reason)}[/]")


def say_similar(result: SimilarResult) -> None:
    """Who is nearest, and why."""
    out, err = to_out(), to_err()
    for notice in result.notices:
        err.print(f"[yellow]{escape(notice)}[/]")
    mix = ", ".join(f"{part} {weight * 100:.0f} %" for part, weight in result.weights.items())
    out.print(f"Most like [bold]{escape(result.asked.name)}[/]  (by {mix})")
    table = new_table("artist", "near", "who drums", "why", right=("near",))
    for alike in result.nearest:
        who = ", ".join(f"{name} {years}".strip() for name, years in alike.drummers.items())
        who = "" if who == alike.entry.name else who
        table.add_row(
            escape(alike.entry.name), f"{alike.score:.2f}", escape(who), escape(alike.why)
        )
    out.print(table)
    if result.styles:
        styles = ", ".join(f"{s.entry.name} {s.score:.2f}" for s in result.styles)
        out.print(f"Styles: {escape(styles)}")


def say_artists(found: Sequence[KnownArtist], query: str | None) -> None:
    """The list of artists."""
    if not found:
        to_err().print(f"nobody known is called anything like {escape(query or '')}")
        return
    table = new_table("artist", "basis", "sure", "sources", "updated", right=("sure", "sources"))
    for a in found:
        basis = "a style" if a.basis == "genre" else BASIS_WORDS[a.basis].split(",")[0]
        table.add_row(
            escape(a.name), basis, f"{a.confidence:.2f}", str(a.sources_count), a.updated_at[:10]
        )
    to_out().print(table)


def say_history(found: Sequence[Mapping[str, Any]]) -> None:
    """The list of generations."""
    if not found:
        to_err().print('nothing generated yet; try: mididrumigen generate "John Bonham"')
        return
    out = to_out()
    for g in found:
        when = g["created_at"][:16].replace("T", " ")
        bars = f"{g['bars']} bar{'s' if g['bars'] > 1 else ''} of {g['time_signature']}"
        out.print(
            f"{g['generation_id']:4}  {when} UTC  [bold]{escape(g['artist'])}[/]"
            f"  {bars} at {g['tempo']:g} BPM, seed {g['seed']} ({g['provider_used']})"
        )
        for folder in dict.fromkeys(str(Path(file).parent) for file in g["midi_files"]):
            out.print(f"      [dim]{escape(folder)}[/]")


def _say_bar(out: Console, title: str, bar: Bar) -> None:
    name = f": {escape(bar.name)}" if bar.name else ""
    out.print(
        f"\n[bold]{title}[/]{name} [dim]({bar.metre}, {bar.steps_per_quarter} steps a quarter)[/]"
    )
    for line in tab([bar]):
        out.print(f"  {line}", markup=False)


def _short(url: str) -> str:
    """The end of an address: the file's name, or the built-in entry."""
    return unquote(url.rpartition("/")[2]) if url.startswith(("file:", "upload:")) else url
