"""The script as it is shipped: ES5 to the letter, nothing that the js object of Max has not, every
message answered.
"""

import contextlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import esprima
import pytest
from esprima.nodes import Node

from m4l.container import parse
from m4l.panel import CONTROLS, FIELDS
from m4l.patch import SHOWN_BY_ACTIVE, SHOWN_BY_SET
from m4l.writer import DEVICE
from tests.m4l.device import Device, needs_node

SCRIPT = parse(DEVICE.read_bytes()).entries[1].data.decode()
ES5_NODES = {
    *("Program", "Directive", "FunctionDeclaration", "FunctionExpression", "VariableDeclaration"),
    *("VariableDeclarator", "ExpressionStatement", "BlockStatement", "EmptyStatement"),
    *("IfStatement", "ForStatement", "ForInStatement", "WhileStatement", "DoWhileStatement"),
    *("ReturnStatement", "BreakStatement", "ContinueStatement", "ThrowStatement", "TryStatement"),
    *("CatchClause", "SwitchStatement", "SwitchCase", "LabeledStatement", "Identifier", "Literal"),
    *("ThisExpression", "ArrayExpression", "ObjectExpression", "Property", "UnaryExpression"),
    *("UpdateExpression", "BinaryExpression", "AssignmentExpression", "LogicalExpression"),
    *("ConditionalExpression", "CallExpression", "NewExpression", "SequenceExpression"),
    *("StaticMemberExpression", "ComputedMemberExpression", "MemberExpression"),
}
ES5_GLOBALS = {
    *("Array", "Date", "JSON", "Math", "Number", "Object", "String", "RegExp", "undefined"),
    *("encodeURIComponent", "arguments", "isNaN"),
}
MAX_GLOBALS = {
    *("autowatch", "inlets", "outlets", "inlet", "messagename", "jsarguments", "patcher", "post"),
    *("error", "outlet", "Task", "Dict", "LiveAPI", "XMLHttpRequest"),
}


def nodes(tree: Any) -> Iterator[Any]:
    """Every node of a syntax tree."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack += node
        elif isinstance(node, Node):
            yield node
            stack += vars(node).values()


def es6_of(script: str) -> list[str]:
    """What of a script is younger than ES5; raises where it is no script at all."""
    tree = esprima.parseScript(script, {"tokens": True})
    found = []
    for node in nodes(tree):
        if node.type not in ES5_NODES:
            found.append(node.type)
        elif node.type == "VariableDeclaration" and node.kind != "var":
            found.append(node.kind)
        elif node.type == "Property" and (node.shorthand or node.method or node.computed):
            found.append("short property")
        elif "Function" in node.type and (node.generator or node.isAsync):
            found.append("generator")
        elif "Function" in node.type and any(p.type != "Identifier" for p in node.params):
            found.append("parameter")
        elif node.type == "Literal" and node.regex and set(node.regex.flags) - set("gim"):
            found.append("flag")
    tokens = [token.value for token in tree.tokens]
    found += [",)" for a, b in pairwise(tokens) if (a, b) == (",", ")")]
    found += [t for t in tokens if t[:2].lower() in ("0b", "0o") and t[2:3].isdigit()]
    return found


def test_the_script_is_es5() -> None:
    assert es6_of(SCRIPT) == []


@pytest.mark.parametrize(
    "script",
    [
        *("let a = 1;", "const a = 1;", "var f = () => 1;", "var a = `b`;", "f(1,);", "class A {}"),
        *("var {a} = b;", "var [a] = b;", "f(...a);", "var o = {a};", "var o = {f() {}};"),
        *("for (var a of b) {}", "function f(a = 1) {}", "function* g() {}", "var a = 0b1;"),
        *("var o = {[a]: 1};", "async function f() {}", "var r = /a/u;", "function f(...a) {}"),
    ],
)
def test_the_gate_lets_nothing_younger_through(script: str) -> None:
    with contextlib.suppress(esprima.Error):  # too young even for the parser
        assert es6_of(script) != []


def test_no_function_of_max_is_called_by_apply_or_call() -> None:
    """`outlet.apply` crashes Live."""
    names = [
        node.property.name
        for node in nodes(esprima.parseScript(SCRIPT))
        if node.type.endswith("MemberExpression") and node.property.type == "Identifier"
    ]
    assert "call" in names  # of LiveAPI
    assert "apply" not in names


def test_every_name_is_the_scripts_own_or_one_that_max_has() -> None:
    tree = esprima.parseScript(SCRIPT)
    own, used = set(), set()
    for node in nodes(tree):
        if node.type == "VariableDeclarator":
            own.add(node.id.name)
        if "Function" in node.type:
            own |= {p.name for p in node.params} | ({node.id.name} if node.id else set())
        if node.type == "CatchClause":
            own.add(node.param.name)
    skipped = set()
    for node in nodes(tree):
        if node.type.endswith("MemberExpression") and not node.computed:
            skipped.add(id(node.property))
        if node.type == "Property":
            skipped.add(id(node.key))
    for node in nodes(tree):
        if node.type == "Identifier" and id(node) not in skipped:
            used.add(node.name)
    assert used - own <= ES5_GLOBALS | MAX_GLOBALS, used - own - ES5_GLOBALS - MAX_GLOBALS
    assert own & MAX_GLOBALS == set()


def test_no_function_or_variable_is_named_twice_or_never_used() -> None:
    tree = esprima.parseScript(SCRIPT)
    names = [
        node.id.name if node.type == "FunctionDeclaration" else declared.id.name
        for node in tree.body
        for declared in (node.declarations if node.type == "VariableDeclaration" else [node])
        if node.type in ("FunctionDeclaration", "VariableDeclaration")
    ]
    assert len(names) == len(set(names))
    messages = {control.key for control in CONTROLS if control.kind == "button"}
    messages |= {"text", "anything", "ready", "page", "enabled", "dictionary", "notifydeleted"}
    for name in set(names) - messages:
        assert SCRIPT.count(name) > 1, name


def test_the_only_timer_is_that_of_reconnecting() -> None:
    assert SCRIPT.count("new Task(") == 1
    assert "setTimeout" not in SCRIPT


def test_what_the_script_says_to_the_panel_has_a_box_there() -> None:
    said = set()
    for node in nodes(esprima.parseScript(SCRIPT)):
        is_call = node.type == "CallExpression" and node.callee.type == "Identifier"
        if is_call and node.callee.name == "outlet" and node.arguments[0].value == 0:
            said.add(node.arguments[1].value)
    assert said == {*SHOWN_BY_SET, *SHOWN_BY_ACTIVE, "browse"}


@needs_node
def test_every_message_of_the_panel_is_understood() -> None:
    with Device(world={"xhr": "silent", "maxurl": "silent"}) as device:
        device.start()
        for page in (0, 1, 2):
            device.turn(page=page)
        for control in CONTROLS:
            if control.kind == "button":
                device.do("message", words=[control.key])
            elif control.kind != "meter":
                for value in range(len(control.choices) or 1):
                    device.turn(**{control.key: value})
        for field in FIELDS:
            device.type(field.key, "words, with commas; 12", entered=True)
            device.type(field.key, "", entered=True)
        device.do("enable", value=0)
        device.do("enable", value=1)
        device.do("remove")
        device.is_clean()
        device.do("message", words=["nonsense"])
        assert device.seen["errors"] == ["MidiDrumiGen: no message nonsense"]


@needs_node
def test_what_has_no_effect_as_another_control_stands_is_dimmed() -> None:
    with Device(world={"xhr": "silent", "maxurl": "silent"}) as device:
        device.start()
        assert [device.panel[name]["active"] for name in ("swing", "bpm")] == [0, 0]
        device.turn(own_swing=1, tempo=2)
        assert [device.panel[name]["active"] for name in ("swing", "bpm")] == [1, 1]
        device.turn(own_swing=0, tempo=1)
        assert [device.panel[name]["active"] for name in ("swing", "bpm")] == [0, 0]


@needs_node
def test_pages_show_their_own_boxes_alone() -> None:
    from m4l.panel import PAGES, names_on

    with Device(world={"xhr": "silent", "maxurl": "silent"}) as device:
        device.start()
        for index, page in enumerate(PAGES):
            device.turn(page=index)
            panel = device.panel
            for other in PAGES:
                for name in names_on(other):
                    assert panel[name]["hidden"] == int(other != page), name
