"""The wall of the house: a capability uses only those that stand below it.

The order is that of the imports in crm_value/models/__init__.py, lowest first. What a
file may use of other capabilities: their models' names, their modules, their private
methods, their XML ids. ``python tests/test_house.py`` prints what points upward, and
the measures of the house.
"""

import ast
import re
from pathlib import Path
from statistics import median

ADDON = Path(__file__).parents[1] / "crm_value"
ROOMS = ("analytics", "models", "report", "wizards", "controllers", "sheets")
XML_ROOMS = ("views", "data", "wizards", "report", "demo")
REFERENCE = r"(?:(?:ref|action|parent)=\"|%\(|ref\(')(?:crm_value\.)?(\w+)"
MOST_MODELS = 12  # files a capability, on average
NO_MODEL = ("__init__.py", "const.py", "certainty.py")
GROUND = ("statistics",)  # arithmetic only: it has no models, and is everybody's


def order():
    """Return the capabilities, lowest first."""
    tree = ast.parse((ADDON / "models" / "__init__.py").read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return [*GROUND, *(alias.name for node in imports for alias in node.names)]


def parsed():
    """Yield (capability, path, tree) of each file that belongs to one."""
    for room in ROOMS:
        for path in sorted((ADDON / room).glob("*/*.py")):
            yield path.parent.name, path, ast.parse(path.read_text(encoding="utf-8"))


def own_models(tree):
    """Yield the names of the models that a file makes, not of those it extends."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            values = {
                target.id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            parts = ast.walk(values.get("_inherit", ast.Pass()))
            inherited = {getattr(part, "value", None) for part in parts}
            name = getattr(values.get("_name"), "value", None)
            if name and name not in inherited:
                yield name


def own_methods(tree):
    """Yield the names of functions that a file makes; who calls super() extends."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            extends = any(
                isinstance(part, ast.Attribute)
                and part.attr == node.name
                and isinstance(part.value, ast.Call)
                and getattr(part.value.func, "id", None) == "super"
                for part in ast.walk(node)
            )
            if not extends:
                yield node.name


def used(path, tree):
    """Yield (kind, name) of what a file uses: models, private calls, modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield "model", node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr.startswith("_"):
                yield "call", node.func.attr
        elif isinstance(node, ast.ImportFrom) and node.level > 1:
            target = path.relative_to(ADDON).parts[: -node.level]
            target += tuple(filter(None, (node.module or "").split(".")))
            yield from (("import", "/".join([*target, a.name])) for a in node.names)


def arrows():
    """Return every (capability, one above it, what is used of it), sorted."""
    files, rank = list(parsed()), {name: at for at, name in enumerate(order())}
    homes = {}
    for capability, _path, tree in files:
        made = [("model", name) for name in own_models(tree)]
        made += [("call", name) for name in own_methods(tree)]
        for thing in made:
            homes.setdefault(thing, set()).add(capability)
    found = set()
    for capability, path, tree in files:
        for kind, name in used(path, tree):
            if kind == "import":
                theirs = {part for part in name.split("/")[1:2] if part in rank}
            else:
                theirs = homes.get((kind, name), set())
            if theirs and min(map(rank.get, theirs)) > rank[capability]:
                found.add((capability, min(theirs, key=rank.get), f"{kind} {name}"))
    return sorted(found, key=lambda row: (rank[row[0]], rank[row[1]], row[2]))


def references():
    """Return every (capability, one above it, XML id it refers to), sorted."""
    rank = {name: at for at, name in enumerate(order())}
    texts = [
        (path.relative_to(ADDON).parts[1], path.read_text(encoding="utf-8"))
        for room in XML_ROOMS
        for path in sorted((ADDON / room).glob("*/*.xml"))
    ]
    homes = {
        made.removeprefix("crm_value."): capability
        for capability, text in texts
        for made in re.findall(
            r"<(?:record|menuitem|template)\s[^>]*?id=\"([\w.]+)", text
        )
    }
    found = {
        (capability, homes[name], f"id {name}")
        for capability, text in texts
        for name in re.findall(REFERENCE, text)
        if rank[homes.get(name, capability)] > rank[capability]
    }
    return sorted(found)


def measures():
    """Return the figures by which the house is kept small: (what, figure)."""
    files = [(path, tree) for _capability, path, tree in parsed()]
    functions = [
        node.end_lineno - node.lineno + 1
        for _path, tree in files
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path, _ in files]
    models = [
        path
        for path, _tree in files
        if path.parts[-3] == "models" and path.name not in NO_MODEL
    ]
    return [
        ("files of models", len(models)),
        ("longest file", max(lines)),
        ("functions", len(functions)),
        ("median function", median(functions)),
        ("longest function", max(functions)),
    ]


def test_each_capability_has_its_place_in_the_order():
    assert {capability for capability, _path, _tree in parsed()} <= set(order())


def test_contributing_draws_the_same_order():
    text = (ADDON.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [drawn] = re.findall(r"```\n(core →.*?)\n```", text, re.DOTALL)
    hint = "Draw the order of models/__init__.py in CONTRIBUTING.md."
    assert drawn.replace("→", "").split() == order()[len(GROUND) :], hint


def test_nothing_points_upward():
    assert arrows() == []
    assert references() == []


def test_house_stays_small():
    figures = dict(measures())
    most = MOST_MODELS * len(order())
    assert figures["files of models"] <= most, "Can files of one model be one?"
    assert figures["longest file"] <= 400
    assert figures["longest function"] <= 45


if __name__ == "__main__":
    print(*arrows(), *references(), *measures(), sep="\n")
