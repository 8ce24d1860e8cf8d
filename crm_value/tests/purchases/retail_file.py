"""The one large data set of the tests; it is not part of the project."""

import os
from pathlib import Path

FOLDER = os.environ.get("CRM_VALUE_DATA") or Path(__file__).parents[4] / "shared/data"
RETAIL = Path(FOLDER) / "retail" / "online_retail.csv.gz"
HOW = """There is no {path}. It is made of the data set "Online Retail" of the UCI
Machine Learning Repository (CC BY 4.0), as crm_value/tests/data/SOURCE.md says; put it
into a folder retail/ and set CRM_VALUE_DATA to the folder that holds retail/."""


def require_retail(test):
    """Skip a test without the retail file; where CI is set, fail."""
    if not RETAIL.exists():
        say = test.fail if os.environ.get("CI") else test.skipTest
        say(HOW.format(path=RETAIL))
