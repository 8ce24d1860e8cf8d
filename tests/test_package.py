"""The wheel a consultant installs: complete, and found by Odoo as an add-on."""

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import odoo.release

ADDON = Path(__file__).parents[1] / "crm_value"

# Run by the consultant's Python, which has never heard of this checkout.
FIND_ADDON = """
import odoo.tools, odoo.modules.module as module
odoo.tools.config.parse_config([])
module.initialize_sys_path()
manifest = module.Manifest.for_addon("crm_value")
import odoo.addons.crm_value as addon
assert addon.__path__[0] == manifest.path, addon.__path__
print(manifest.path, manifest.version)
"""


def run(*command, **options):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, **options
    )
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


def addon_files():
    ignored = {"__pycache__", "build", "dist", "pyproject.toml"}
    for path in ADDON.rglob("*"):
        name = path.relative_to(ADDON)
        if path.is_file() and not ignored & set(name.parts):
            yield name.as_posix()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    copy = shutil.copytree(
        ADDON, folder / "crm_value"
    )  # a plain copy: no git around it
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, copy)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def consultant_python(tmp_path_factory, wheel):
    """A new environment that shares Odoo and its packages and has our wheel."""
    venv = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", venv)
    python = venv / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    odoo_path = Path(odoo.release.__file__).parents[1]
    (Path(site.strip()) / "shared.pth").write_text(
        f"{odoo_path}\n{sysconfig.get_path('purelib')}\n"
    )
    pip = (sys.executable, "-m", "pip", "--python", python, "--no-input")
    run(*pip, "install", "--no-deps", "--no-index", wheel)
    return python


def test_wheel_holds_every_file_of_the_addon(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    missing = [
        name for name in addon_files() if f"odoo/addons/crm_value/{name}" not in packed
    ]
    assert missing == []


def test_installed_wheel_is_found_as_addon(consultant_python, tmp_path):
    path, version = run(consultant_python, "-c", FIND_ADDON, cwd=tmp_path).split()
    assert Path(path).is_relative_to(consultant_python.parents[1])
    assert version.startswith(odoo.release.series)


def test_wheel_names_what_it_requires(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/METADATA"))
        metadata = archive.read(name).decode()
    required = re.findall(r"^Requires-Dist: ([\w-]+)", metadata, re.MULTILINE)
    assert {re.sub("[-_]+", "-", name) for name in required} == {
        "numpy",
        "odoo",
        "odoo-addon-helpdesk-mgmt",
        "phonenumbers",
        "scipy",
    }
