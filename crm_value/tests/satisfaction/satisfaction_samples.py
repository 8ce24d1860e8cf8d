"""The published questionnaires that the path model is tested on."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

ECSI = Path(__file__).parents[1] / "data" / "satisfaction" / "ecsi_mobi.csv"
# In the order of cause and effect; Tenenhaus et al. (2005), figure 1.
CONSTRUCTS = ("IMAG", "CUEX", "PERQ", "PERV", "CUSA", "CUSCO", "CUSL")
PATHS = {
    ("IMAG", "CUEX"): 0.505,
    ("CUEX", "PERQ"): 0.557,
    ("CUEX", "PERV"): 0.051,
    ("PERQ", "PERV"): 0.557,
    ("IMAG", "CUSA"): 0.179,
    ("CUEX", "CUSA"): 0.064,
    ("PERQ", "CUSA"): 0.513,
    ("PERV", "CUSA"): 0.192,
    ("CUSA", "CUSCO"): 0.526,
    ("IMAG", "CUSL"): 0.195,
    ("CUSA", "CUSL"): 0.483,
    ("CUSCO", "CUSL"): 0.071,
}


@cache
def ecsi():
    """Return (answers 250 × 24, {construct: positions of its items})."""
    with ECSI.open() as file:
        head, *rows = csv.reader(file)
    names = [name.rstrip("0123456789") for name in head[1:]]
    data = np.array([row[1:] for row in rows], dtype=float)
    return data, {c: [at for at, n in enumerate(names) if n == c] for c in CONSTRUCTS}
