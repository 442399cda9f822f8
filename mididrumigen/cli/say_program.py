"""What a person reads about the program itself: settings, keys, consent, drum maps, the doctor's
report. Conventions as in `say`.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from mididrumigen.app.doctor import Check
from mididrumigen.app.setting_up import Consent
from mididrumigen.cli.say import new_table, to_err, to_out
from mididrumigen.config import Config
from mididrumigen.keys import KeyState
from mididrumigen.midi import DrumMap

_MARKS = {"ok": "[green]ok[/]", "note": "[cyan]--[/]", "problem": "[red]!![/]"}


def say_maps(found: Sequence[DrumMap], wrong: Sequence[str], folder: Path) -> None:
    """The drum maps, and where one's own are put."""
    for problem in wrong:
        to_err().print(f"[yellow]left out[/] {escape(problem)}")
    table = new_table("map", "voices", "notes", "for", right=("voices",))
    for m in found:
        notes = m.notes.values()
        table.add_row(m.name, str(len(notes)), f"{min(notes)}-{max(notes)}", escape(m.title))
    to_out().print(table)
    to_err().print(f"Your own: {escape(str(folder / 'NAME.toml'))}")


def say_keys(states: Sequence[KeyState]) -> None:
    """The keys, where they are, and what one would have of the others."""
    table = new_table("key", "set in", "brings", "get it at")
    for state in states:
        place = f"{state.place} (ends in {state.end})" if state.end else state.place
        table.add_row(
            state.kind.name, escape(place) or "[dim]-[/]", state.kind.brings, state.kind.get_at
        )
    to_out().print(table)


def say_consents(sites: Sequence[Consent]) -> None:
    """The sites that wait for a yes."""
    if not sites:
        to_out().print("No site of this version waits for a yes.")
    for site in sites:
        said = f"[green]allowed since {site.since[:10]}[/]" if site.since else "not allowed"
        to_out().print(f"[bold]{site.site}[/]  {said}\n  {escape(site.to)}")


def say_checks(checks: Sequence[Check]) -> None:
    """The doctor's report."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for check in checks:
        table.add_row(_MARKS[check.state], check.name, escape(check.text))
    to_out().print(table)


def say_config(config: Config, path: Path) -> None:
    """The settings in force, one a line, with the key it is set by."""
    out = to_out()
    out.print(f"# {path}{'' if path.exists() else ' (not there: defaults)'}", markup=False)
    for key, value in _settings("", config):
        out.print(f"{key} = {value}", markup=False)


def _settings(place: str, value: object) -> Iterator[tuple[str, str]]:
    """(key, value as TOML) of every setting below `place`; sources at their defaults are left
    out.
    """
    if dataclasses.is_dataclass(value):
        pairs = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value)]
    elif isinstance(value, Mapping):
        pairs = [(name, item) for name, item in value.items() if item != type(item)()]
    else:
        yield place, _toml(value)
        return
    for name, item in pairs:
        hidden = name == "providers"
        yield from _settings(place if hidden else f"{place}.{name}".lstrip("."), item)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return (
        '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if isinstance(value, str)
        else str(value)
    )
