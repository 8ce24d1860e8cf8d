"""What is written in several places of the checkout agrees."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
ADDON = ROOT / "crm_value"


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


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
