"""What is written in several places of the checkout agrees."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
ADDON = ROOT / "crm_value"


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def version():
    return ast.literal_eval(text("crm_value/__manifest__.py"))["version"]


def test_python_versions_agree():
    supported = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"]
    oldest, end = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", supported).groups()
    words = f"3.{oldest} to 3.{int(end) - 1}"
    for path in ("README.md", "requirements.txt"):
        assert words in text(path), path


def test_manifest_and_licence_text_agree():
    manifest = ast.literal_eval(text("crm_value/__manifest__.py"))
    assert manifest["license"] == "AGPL-3"
    first, second = text("LICENSE").split("\n")[:2]
    assert first.strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert second.strip().startswith("Version 3,")
    assert text("crm_value/LICENSE") == text("LICENSE")


def test_changelog_knows_each_version():
    versions = re.findall(r"^## ([\d.]+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == version()
    migrations = {path.name for path in (ADDON / "migrations").iterdir()}
    assert migrations <= set(versions)


def test_readme_names_what_screens_are_called():
    terms = set(
        re.findall('^msgid "(.+)"$', text("crm_value/i18n/crm_value.pot"), re.M)
    )
    for path in ("CONFIGURE", "USAGE"):
        words = re.sub(r"\s+", " ", text(f"crm_value/readme/{path}.rst"))
        for menus in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", words):
            assert not set(menus.split(" → ")) - terms, f"{path}: {menus}"


def test_precommit_runs_each_check_of_lint():
    checks = re.search(r"^CHECKS=\((.+)\)$", text("scripts/lint"), re.MULTILINE)[1]
    hooks = re.findall(r"entry: scripts/lint (\w+)", text(".pre-commit-config.yaml"))
    assert hooks == checks.split()
