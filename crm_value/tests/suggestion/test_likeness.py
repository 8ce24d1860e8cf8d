"""Likeness of products and chances, against published data."""

import csv
import doctest
import gzip
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.suggestion import chance, gain, likeness, outcomes
from ..purchases.retail_file import RETAIL, require_retail

BASKETS = Path(__file__).parents[1] / "data" / "apriori" / "groceries.json"
TRAINED_BEFORE = "2011-09-01"


def fast(purchases, **options):
    customer, product = np.array(purchases).T
    rows = likeness.neighbours(customer, product, **options)
    columns = [rows[name].tolist() for name in likeness.NAMES]
    return [(a, b, both, n, c) for a, b, both, n, c in zip(*columns, strict=True)]


@tagged("post_install", "-at_install")
class TestLikeness(BaseCase):
    def test_examples_hold(self):
        for module in (likeness, chance, gain, outcomes):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertFalse(result.failed)

    def test_nothing_bought_has_no_neighbours(self):
        nothing = np.zeros(0, int)
        rows = likeness.neighbours(nothing, nothing)
        self.assertEqual({column.size for column in rows.values()}, {0})
        self.assertEqual(likeness.scored(nothing, nothing.astype(float))[0].size, 0)

    def test_counts_are_those_of_efficient_apriori(self):
        data = json.loads(BASKETS.read_text(encoding="utf-8"))
        names = sorted({one for basket in data["baskets"] for one in basket})
        purchases = [
            (at, names.index(one))
            for at, basket in enumerate(data["baskets"])
            for one in basket
        ]
        found = {
            (names[a], names[b]): (both, n)
            for a, b, both, n, _c in fast(purchases, top=len(names))
        }
        self.assertGreater(len(data["rules"]), 50)
        for one, other, both, buyers in data["rules"]:
            self.assertEqual(found[one, other], (both, buyers), (one, other))

    def test_every_pair_of_the_groceries_is_counted_both_ways(self):
        data = json.loads(BASKETS.read_text(encoding="utf-8"))
        counted = defaultdict(int)
        for basket in data["baskets"]:
            for pair in combinations(sorted(basket), 2):
                counted[pair] += 1
        ruled = {tuple(sorted(rule[:2])): rule[2] for rule in data["rules"]}
        for pair, both in ruled.items():
            self.assertEqual(counted[pair], both)

    # --- the retail file ---

    def test_retail_products_not_yet_bought_are_hit_as_the_method_page_says(self):
        require_retail(self)
        hits = retail_hits()
        self.assertGreaterEqual(hits, 0.24)
        self.assertAlmostEqual(hits, 0.271, delta=0.005)


def retail_hits():
    """Return the share of customers who buy one of the best five in the next order.

    Trained before September 2011; the first later order, of products that the customer
    had not bought before.
    """
    numbers, before, later = {}, defaultdict(set), {}
    with gzip.open(RETAIL, "rt", encoding="utf-8") as source:
        for row in csv.DictReader(source):
            if float(row["amount"]) <= 0:
                continue
            product = numbers.setdefault(row["product"], len(numbers))
            if row["datetime"] < TRAINED_BEFORE:
                before[row["customer"]].add(product)
            else:
                found = later.setdefault(
                    row["customer"], (row["document"], row["datetime"], set())
                )
                if found[0] == row["document"]:
                    found[2].add(product)
    customers = sorted(before)
    pairs = [(at, p) for at, name in enumerate(customers) for p in before[name]]
    rows = likeness.neighbours(*np.array(pairs).T)
    hits = [
        bool(later[name][2] & set(_best(rows, before[name])))
        for name in customers
        if name in later and later[name][2] - before[name]
    ]
    return sum(hits) / len(hits)


def _best(rows, basket):
    mine = np.isin(rows["product"], list(basket))
    mine &= ~np.isin(rows["other"], list(basket))
    products, _scores, _reasons = likeness.scored(
        rows["other"][mine], rows["likeness"][mine]
    )
    return products[:5].tolist()
