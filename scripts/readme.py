"""Make what is written about the add-on, in the form of OCA's add-ons.

Sources are the fragments in crm_value/readme, the manifest and CHANGELOG.md. They
become README.rst, readme/HISTORY.rst and static/description/index.html, the page in the
list of Apps. With ``--check`` nothing is written, and stale files are an error.

OCA's own oca-gen-addon-readme reads the same fragments. It is not used since it is no
package of PyPI and writes links to a project on GitHub, which this one does not have.
"""

import ast
import re
import sys
from pathlib import Path

from docutils.core import publish_string

ROOT = Path(__file__).parents[1]
ADDON = ROOT / "crm_value"

MARK = """\
..
   This file is made by scripts/readme.py from the fragments in readme/, the manifest
   and CHANGELOG.md: changes belong there.
"""

# OCA's order and titles; what a fragment holds stands under its title.
SECTIONS = {
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "HISTORY": "Changelog",
    "CONTRIBUTORS": "Contributors",
}

# Nothing from other files, no raw html, and a warning is an error, as on PyPI.
HTML = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "halt_level": 2,
    "output_encoding": "utf-8",
    "raw_enabled": False,
    "syntax_highlight": "short",
    "xml_declaration": False,
}


def history(changelog):
    """Return the versions of CHANGELOG.md, which uses headings, lists and code only."""
    versions = changelog[changelog.index("\n## ") :]
    code = re.sub("`([^`]+)`", r"``\1``", versions)
    return re.sub(
        "^## (.+)$", lambda found: heading(found[1], "-"), code, flags=re.M
    ).lstrip()


def heading(title, line):
    return f"{title}\n{line * len(title)}"


def readme(manifest, fragments):
    """Return README.rst."""
    name = manifest["name"]
    parts = [
        f"{'=' * len(name)}\n{heading(name, '=')}",
        MARK.rstrip(),
        f"Version {manifest['version']}, {manifest['development_status']},"
        f" licence {manifest['license']}",
        fragments["DESCRIPTION"],
        "**Table of contents**",
        ".. contents::\n   :local:\n   :depth: 1",
    ]
    for fragment, title in SECTIONS.items():
        parts += [heading(title, "="), fragments[fragment]]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def index(text):
    """Return the page of Odoo's Apps, without the version of docutils."""
    html = publish_string(text, writer="html4css1", settings_overrides=HTML).decode()
    return re.sub(r"(<meta.*generator.*Docutils)\s*[\d.]+", r"\1", html)


def made():
    """Return the text of each file that is made, by its path."""
    manifest = ast.literal_eval((ADDON / "__manifest__.py").read_text())
    fragments = {
        path.stem: path.read_text() for path in (ADDON / "readme").glob("*.rst")
    }
    fragments["HISTORY"] = history((ROOT / "CHANGELOG.md").read_text())
    text = readme(manifest, fragments)
    return {
        ADDON / "readme" / "HISTORY.rst": fragments["HISTORY"],
        ADDON / "README.rst": text,
        ADDON / "static" / "description" / "index.html": index(text),
    }


def main(check):
    stale = [
        (path, text)
        for path, text in made().items()
        if not path.is_file() or path.read_text() != text
    ]
    for path, text in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is stale: scripts/lint --fix readme")
        else:
            path.write_text(text)
    return bool(check and stale)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
