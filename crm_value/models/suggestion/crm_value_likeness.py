import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.statistics.grouping import numbered
from ...analytics.suggestion import likeness
from ...const import OFFICER
from ...fields import NullableMoney

STAGED = {
    "product": "int4",
    "other": "int4",
    "shared": "int4",
    "buyers": "int4",
    "likeness": "float8",
    "worth": "float8",
}


class CrmValueLikeness(models.Model):
    """Two products that the same customers buy, learnt anew each night.

    Of each product, those most like it. A company is a transaction of its own: what a
    killed process had not learnt, the next call learns.
    """

    _name = "crm.value.likeness"
    _description = "Products Bought by the Same Customers"
    _is_result = True
    _log_access = False
    _value_part = "selling"
    _order = "likeness DESC, id"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(string="Learnt On", required=True)
    product_id = fields.Many2one(
        "product.product", string="Who Buys", required=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "product.product",
        string="Also Buys",
        required=True,
        index=True,
        ondelete="cascade",
    )
    shared = fields.Integer(string="Buy Both", aggregator=None)
    buyers = fields.Integer(string="Buy the First", aggregator=None)
    likeness = fields.Float(
        aggregator=None,
        help="Cosine of who bought the two: 1 where the same customers buy both, 0 "
        "where nobody does.",
    )
    worth = NullableMoney(
        string="Margin a Purchase",
        groups=OFFICER,
        aggregator=None,
        help="Mean margin of a day on which a customer buys the second product, where "
        "its cost is known.",
    )

    _once = models.UniqueIndex("(company_id, product_id, other_id)")

    @api.model
    def _cron_learn(self):
        """Learn what is alike, and what became of suggestions; safe at any time."""
        companies = self.env["res.company"]._value_all_scored()
        for number, company in enumerate(companies, 1):
            self._learn_today(company)
            self.env["crm.value.offer"]._settle(company)
            left = len(companies) - number
            if not self.env["ir.cron"]._commit_progress(1, remaining=left) and left:
                self.env.ref("crm_value.ir_cron_suggestion").sudo()._trigger()
                return

    @api.model
    def _learn_today(self, company):
        """Learn once a day."""
        today = self.env["crm.value.run"]._today(company)
        known = [("company_id", "=", company.id), ("day", "=", today)]
        if not self.search_count(known, limit=1):
            self._learn(company, today)

    @api.model
    def _learn(self, company, today):
        """Store the products most like each product, instead of those of before."""
        pairs = self.env["crm.value.facts"]._gather_pairs(company, today)
        _customers, customer = numbered(pairs["partner"])
        products, product = numbered(pairs["product"])
        rows = likeness.neighbours(customer, product)
        worth = self._worth(pairs, product, products.size)
        rows["worth"] = worth[rows["other"]]
        for name in ("product", "other"):
            rows[name] = products[rows[name]]
        bulk.stage(self.env.cr, "crm_value_likeness_incoming", rows, STAGED)
        for statement in (FORGET, STORE):
            self.env.cr.execute(SQL(statement, company=company.id, day=today))
        self.invalidate_model()

    @api.model
    def _worth(self, pairs, product, size):
        """Return the mean margin of a purchase of each product, NaN if unknown."""
        times, margin = (
            np.bincount(product, pairs[name], size) for name in ("times", "margin")
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(times > 0, margin / times, np.nan)


FORGET = "DELETE FROM crm_value_likeness WHERE company_id = %(company)s"
STORE = """
    INSERT INTO crm_value_likeness (
        company_id, day, product_id, other_id, shared, buyers, likeness, worth)
    SELECT %(company)s, %(day)s, incoming.product, incoming.other, incoming.shared,
           incoming.buyers, incoming.likeness, NULLIF(incoming.worth, 'NaN')
      FROM crm_value_likeness_incoming incoming
"""
