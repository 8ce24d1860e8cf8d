from collections import Counter
from datetime import timedelta
from math import isnan
from statistics import median

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from ...analytics.suggestion import chance
from ...const import USER
from ...given import number
from .const import ADDED, CHANCE_DAYS, DISMISSED, DUE, MOST, OPEN, REST_DAYS

COLUMNS = ("product_id", "kind", "because_id", "hits", "base", "since_days")
COLUMNS += ("cycle_days", "quantity")
ASKED = (False, "draft", "sent")  # a new one has no state


class CrmValueOffer(models.Model):
    """Suggests products on a quotation, and keeps what was shown.

    First comes what brings most: the margin of a purchase times the chance that such a
    suggestion is taken. The margin decides the order and is told to nobody.
    """

    _inherit = "crm.value.offer"

    @api.model
    def get_suggestions(self, order_id, customer_id=None, company_id=None, given=None):
        """Return up to five suggestions for a quotation, in a fixed number of queries.

        :param order_id: the quotation, if it is saved
        :param customer_id: its customer, or a contact of it, as the form has it
        :param given: ids of the products on the form, saved or not
        :return: dict of suggestions (id, product_id, name, kind and reason) and
            reasons to dismiss one
        """
        user = self.env.user
        if not (user.has_group(USER) and self.env["sale.order"].has_access("create")):
            raise AccessError(self.env._("Suggestions are for who writes quotations."))
        order = self._given("sale.order", order_id)
        partner = self._given("res.partner", customer_id) or order.partner_id
        company = self._given("res.company", company_id) or order.company_id
        basket = {number(one) for one in _listed(given)} - {0}
        basket.update(order.order_line.product_id.ids)
        offers = self.browse()
        if partner and company in self.env.companies and order.state in ASKED:
            customer = partner.commercial_partner_id
            if self._may_know(customer, company):
                offers = self._suggest(customer, company, order, basket)
        reasons = self._fields["reason"]._description_selection(self.env)
        return {"suggestions": offers._told(), "reasons": reasons}

    @api.model
    def _given(self, model, record_id):
        """Return the record that a client names, none if it is closed to the user."""
        record = self.env[model].browse(number(record_id) or ()).exists()
        return record if record.has_access("read") else record.browse()

    @api.model
    def _may_know(self, customer, company):
        """Return whether the user may see what a customer buys, and one is meant."""
        if customer.value_is_crowd:
            return False
        one = self.new({"partner_id": customer.id, "company_id": company.id})
        # Whose customer it is decides, not who may read the salesperson.
        return bool(one.sudo().filtered_domain(self.env.user._value_own()))

    @api.model
    def _suggest(self, customer, company, order, given):
        """Return the offers to show, the best first; all that were drawn are kept."""
        today = self.env["crm.value.run"]._today(company)
        barred = {*given, *self._rejected(customer, company, today)}
        found = self.with_company(company)._candidates(company, customer, given, today)
        found = [one for one in found if one["product_id"] not in barred]
        best = self._ranked(company, self._sellable(company, found), today)[:MOST]
        if not best:
            return self.browse()
        period = date_utils.start_of(today, "quarter")
        self._note(customer, company, order, best, today, period)
        shown = self.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", customer.id),
                ("period", "=", period),
                ("product_id", "in", [one["product_id"] for one in best]),
                ("is_held_out", "=", False),
            ]
        )
        place = {one["product_id"]: at for at, one in enumerate(best)}
        return shown.sorted(lambda offer: place[offer.product_id.id])

    @api.model
    def _rejected(self, customer, company, today):
        """Return the products that the customer's sellers dismissed not long ago."""
        offers = self.sudo()  # whoever dismissed it
        found = offers.search_fetch(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", customer.id),
                ("outcome", "=", DISMISSED),
                ("date", ">", today - timedelta(days=REST_DAYS)),
            ],
            ["product_id"],
        )
        return found.product_id.ids

    @api.model
    def _sellable(self, company, found):
        """Leave out what is not sold: archived, not for sale, of another company."""
        orders = self.env["sale.order"].with_company(company)
        domain = orders.new({"company_id": company.id})._get_product_catalog_domain()
        domain &= Domain("id", "in", [one["product_id"] for one in found])
        products = self.env["product.product"].search(domain)
        sellable = set(products.ids)
        return [one for one in found if one["product_id"] in sellable]

    @api.model
    def _ranked(self, company, found, today):
        """Return candidates by expected margin; an unknown one counts as usual.

        What loses money is no suggestion, unless the customer will need it anyway.
        """
        found = [one for one in found if one["kind"] == DUE or not one["worth"] < 0]
        chances = self._chances(company, today)
        known = [one["worth"] for one in found if not isnan(one["worth"])]
        usual = median(known) if known else 1.0

        def rank(one):
            worth = usual if isnan(one["worth"]) else one["worth"]
            expected = max(worth, 0.0) * chances(one["kind"]) * one["relevance"]
            return -expected, -one["relevance"], one["product_id"]

        return sorted(found, key=rank)

    @api.model
    def _chances(self, company, today):
        """Return a function: the chance of a kind, from what became of others."""
        counts = Counter()
        for kind, outcome, count in self.sudo()._read_group(  # all customers teach
            [
                ("company_id", "=", company.id),
                ("date", ">", today - timedelta(days=CHANCE_DAYS)),
                ("is_held_out", "=", False),
                ("outcome", "!=", OPEN),
            ],
            ["kind", "outcome"],
            ["__count"],
        ):
            counts[kind, outcome == ADDED] += count
        return lambda kind: chance.taken(counts[kind, True], counts[kind, False])

    @api.model
    def _note(self, customer, company, order, found, today, period):
        """Keep what is shown, once a quarter, and draw which is not.

        Two screens that look at once keep one row; why it is shown is that of today.
        """
        seed = company.sudo().value_offer_seed
        unit = (company.id, customer.id)
        rows = [
            SQL(
                "(%s)",
                SQL(", ").join(
                    SQL("%s", value)
                    for value in (
                        *(one.get(name) for name in COLUMNS),
                        chance.is_held_out(seed, *unit, one["product_id"], period),
                        *(company.id, customer.id, order.id or None, self.env.uid),
                        *(today, period, OPEN),
                    )
                ),
            )
            for one in found
        ]
        self.flush_model()
        names = (*COLUMNS, "is_held_out", "company_id", "partner_id", "order_id")
        names += ("user_id", "date", "period", "outcome")
        self.env.cr.execute(
            SQL(
                "INSERT INTO crm_value_offer (%s) VALUES %s ON CONFLICT (company_id,"
                " partner_id, product_id, period) DO UPDATE SET %s",
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(rows),
                SQL(", ").join(map(_taken_over, COLUMNS[1:])),
            )
        )
        self.invalidate_model()


def _listed(value):
    return value if isinstance(value, list) else []


def _taken_over(name):
    column = SQL.identifier(name)
    return SQL("%s = excluded.%s", column, column)
