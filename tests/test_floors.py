"""The floors hold: a file imports from its own package or from lower floors."""

import ast
from pathlib import Path

import pytest

import mididrumigen

PACKAGE = Path(mididrumigen.__file__).parent
FLOORS = {
    **dict.fromkeys(("errors", "drums", "models"), 0),
    **dict.fromkeys(("config", "files", "midi", "groove"), 1),
    **dict.fromkeys(("engine", "knowledge", "prose", "similar"), 2),
    **dict.fromkeys(("store", "fetch", "jobs", "keys", "workers"), 3),
    "sources": 4,
    "research": 5,
    "app": 6,
    **dict.fromkeys(("cli", "web"), 7),
}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in FLOORS
)


def imported_parts(path: Path) -> set[str]:
    """First-level parts of the package that a file imports anywhere in it."""
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts |= {n.split(".")[1] for n in names if n.startswith("mididrumigen.")}
    return parts


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_imports_only_from_its_own_part_or_lower_floors(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for part in imported_parts(path) - {own}:
        lower = FLOORS[part] < FLOORS[own]
        # On the ground floor models stands on drums and errors; nothing else stands on a neighbour.
        ground = FLOORS[own] == 0 and (own, part) in {("models", "drums"), ("models", "errors")}
        # One edge may start another: `serve` is a command.
        starts = (own, part) == ("cli", "web")
        assert lower or ground or starts, f"{path.name} of {own} imports {part}"


def test_every_part_of_the_package_has_a_floor() -> None:
    parts = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert parts - {"__init__", "__main__"} == set(FLOORS)
