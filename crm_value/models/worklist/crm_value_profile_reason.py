from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ... import words
from ...const import OFFICER
from ..forecast.certainty import write
from ..lifecycle.const import STAGES

LATE = 1.2  # purchase cycles: less is no reason that anybody would take for one
POSITIONS = {code: number for number, (code, _label) in enumerate(STAGES)}


class CrmValueProfile(models.Model):
    """Reason why a customer is on a worklist, in words, read in one go for a list."""

    _inherit = "crm.value.profile"

    worklist_reason = fields.Char(string="Why", compute="_compute_worklist_reason")
    stake_basis = fields.Char(
        string="Value at Risk Rests on",
        compute="_compute_stake_basis",
        groups=OFFICER,
        help="What the value at risk is made of. It is no part of the lifetime value: "
        "that is what is still expected.",
    )

    @api.depends_context("uid", "lang")
    def _compute_worklist_reason(self):
        listed = self.filtered("worklist")
        (self - listed).worklist_reason = False
        shares = listed.filtered(lambda p: p.worklist == "develop")._shares_of_good()
        quotations = listed._quotations()
        products = listed._last_products()
        for profile in listed:
            say = getattr(profile, f"_say_{profile.worklist}")
            parts = say(
                share=shares.get(profile),
                quotation=quotations.get(profile),
            )
            parts.append(profile._say_bought(products.get(profile)))
            profile.worklist_reason = words.clauses(self.env, parts)

    @api.depends_context("lang")
    def _compute_stake_basis(self):
        for profile in self:
            known = profile.worklist and profile.stake is not False
            profile.stake_basis = known and profile._say_stake_basis()

    def _say_stake_basis(self):
        """Return what is multiplied; a one-time buyer is taken for a usual customer."""
        days = words.days(self.env, self.policy_id.window_days)
        if self.worklist == "retain":
            return self._say_usual_margin(days)
        if self.worklist == "develop":
            return self.env._("margin it could bring more in %(days)s", days=days)
        if self.stage_id.code == "exploration":
            return self.env._(
                "if it became a usual customer: margin of %(days)s × churn risk",
                days=days,
            )
        return self.env._("margin of what is open")

    def _say_usual_margin(self, days):
        """Return what the value at risk is a part of: what was, not what is foretold.

        The analytics have multiplied it with the risk, and keep it nowhere else.
        """
        if not self.decline_risk:
            return self.env._("usual margin of %(days)s × churn risk", days=days)
        return self.env._(
            "of about %(margin)s that it used to bring in %(days)s, %(percent)s likely "
            "to be gone",
            margin=write(self.env, self.stake / self.decline_risk, self.currency_id),
            days=days,
            percent=words.percent(self.env, self.decline_risk),
        )

    def _say_retain(self, **_more):
        return [self._say_inactivity(), self._say_risk()]

    def _say_inactivity(self):
        """Return how long the customer has not bought, or that it buys less."""
        days = words.days(self.env, self.recency_days)
        if self.overdue is not False and self.overdue >= LATE:
            return self.env._(
                "No purchase for %(days)s, %(gaps)s", days=days, gaps=self._say_gaps()
            )
        if self.window_trend is not False and -1 < self.window_trend < 0:
            return self.env._(
                "Revenue of %(days)s %(percent)s below that of the same days before",
                days=words.days(self.env, self.policy_id.stage_window_days),
                percent=words.percent(self.env, -self.window_trend),
            )
        ago = words.ago(self.env, self.recency_days)
        return self.env._("Last purchase %(ago)s", ago=ago)

    def _say_risk(self):
        """Return the risk: in percent where these have proved right, else its level."""
        if self.stage_id.code == "lost":
            return self.env._("just lost: worth one more try")
        if self.decline_risk is not False:
            return self.env._(
                "%(percent)s churn risk", percent=self._likelihood(self.decline_risk)
            )
        return {
            "high": self.env._("high churn risk"),
            "medium": self.env._("medium churn risk"),
            "low": self.env._("low churn risk"),
        }.get(self.risk_level, False)

    def _say_develop(self, share, **_more):
        """Return how far the customer stays behind, in tens of percent: no margin."""
        if share is None:
            return [self.env._("Could buy more")]
        if share >= 0.95:
            said = self.env._(
                "Brings nearly as much margin as good customers of its stage"
            )
        else:
            said = self.env._(
                "Brings about %(percent)s of the margin of good customers of its stage",
                percent=words.percent(self.env, max(round(share, 1), 0.1)),
            )
        return [said]

    def _say_identify(self, quotation, **_more):
        if not self.purchase_count:
            return [self._say_waiting(quotation), self._say_end(quotation)]
        ago = words.ago(self.env, self.recency_days)
        if self.purchase_count == 1:
            said = self.env._("Bought once, %(ago)s", ago=ago)
        else:
            said = self.env._(
                "Still new: %(purchases)s, the last one %(ago)s",
                purchases=words.purchases(self.env, self.purchase_count),
                ago=ago,
            )
        return [said, self._say_risk()]

    def _say_waiting(self, quotation):
        """Return what is open with a prospect; the quotation by name if it has one."""
        if not self.quotation_count:
            return self.env._("Open leads: %(count)s", count=self.lead_count)
        waited = (self.as_of - self.open_since).days if self.open_since else 0
        days = words.days(self.env, waited)
        if not quotation:
            return self.env._("A quotation has waited for %(days)s", days=days)
        return self.env._(
            "Quotation %(name)s has waited for %(days)s",
            name=quotation.name,
            days=days,
        )

    def _say_bought(self, product):
        """Return what to talk about: what was bought last, and when."""
        if not product:
            return False  # how long ago it was is said already
        return self.env._(
            "last bought %(product)s on %(date)s",
            product=product,
            date=format_date(self.env, self.last_purchase_date),
        )

    def _say_end(self, quotation):
        """Return when the quotation that is named expires, or a lead is to close."""
        day = quotation.validity_date if quotation else self.open_until
        if not day:
            return False
        date = format_date(self.env, day)
        if not quotation:
            return self._say_lead_end(date)
        if day < self.as_of:
            return self.env._("expired on %(date)s", date=date)
        return self.env._("expires on %(date)s", date=date)

    def _say_lead_end(self, date):
        """Return the day of a lead; of what the reader may not see, a day alone."""
        if self.quotation_count:
            return self.env._("next date %(date)s", date=date)
        return self.env._("expected to close on %(date)s", date=date)

    # --- what the words need, for all at once ---

    def _shares_of_good(self):
        """Return margin against that of the good customers of the stage, by profile.

        The margins stay here: what is said of them is a rounded share.
        """
        shares = {}
        step = self.env["crm.value.step.worklist"]
        for run, of_run in self.sudo().grouped("run_id").items():
            good = step._learnt_by(run).good
            for profile in of_run:
                money = good.get(POSITIONS[profile.stage_id.code])
                if money and money > 0:
                    shares[profile.sudo(False)] = profile.margin / money
        return shares

    def _last_products(self):
        """Return the largest product of the last purchase, by profile."""
        if not self:
            return {}
        for model in ("account.move.line", "sale.order.line", "crm.value.transaction"):
            self.env[model].flush_model()
        found = {}
        for company, profiles in self.grouped("company_id").items():
            query = SQL(
                LAST_PRODUCTS,
                company=company.id,
                profiles=profiles.ids,
                zone=company._value_timezone(),
            )
            for profile, product, name in self.env.execute_query(query):
                found[self.browse(profile)] = product, name
        ids = [product for product, _name in found.values() if product]
        products = self.env["product.product"].sudo().browse(ids)  # names: no secret
        names = {product.id: product.name for product in products}
        return {
            profile: names.get(product) or name
            for profile, (product, name) in found.items()
        }

    def _quotations(self):
        """Return the quotation that waits longest, by profile.

        Only of those the user may read.
        """
        waiting = self.filtered(lambda p: p.quotation_count and not p.purchase_count)
        orders = self.env["sale.order"]
        if not waiting or not orders.has_access("read"):
            return {}
        found = orders.search_fetch(
            [
                ("company_id", "in", waiting.company_id.ids),
                ("partner_id.commercial_partner_id", "in", waiting.partner_id.ids),
                ("state", "in", ("draft", "sent")),
            ],
            ["name", "company_id", "partner_id", "validity_date"],
            order="date_order DESC, id DESC",
        )
        oldest = {
            (order.company_id, order.partner_id.commercial_partner_id): order
            for order in found
        }
        return {p: oldest.get((p.company_id, p.partner_id)) for p in waiting}


# Documents of the day of the last purchase, by whatever is counted as one; by the
# contacts of the customer, who are what documents are found by.
LAST_PRODUCTS = """
    WITH asked AS MATERIALIZED (
        SELECT profile.id, contact.id AS contact, profile.last_purchase_date AS day
          FROM crm_value_profile profile
          JOIN res_partner contact
            ON contact.commercial_partner_id = profile.partner_id
         WHERE profile.id = ANY(%(profiles)s))
    SELECT DISTINCT ON (id) id, product, name
      FROM (SELECT asked.id, line.product_id AS product, NULL AS name,
                   line.price_subtotal AS money
              FROM asked
              JOIN account_move move ON move.partner_id = asked.contact
               AND move.invoice_date = asked.day
              JOIN account_move_line line ON line.move_id = move.id
             WHERE move.company_id = %(company)s
               AND move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_receipt')
               AND line.product_id IS NOT NULL
             UNION ALL
            SELECT asked.id, line.product_id, NULL, line.price_subtotal
              FROM asked
              JOIN sale_order sale ON sale.partner_id = asked.contact
               AND (sale.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                   = asked.day
              JOIN sale_order_line line ON line.order_id = sale.id
             WHERE sale.company_id = %(company)s
               AND sale.state = 'sale'
               AND line.product_id IS NOT NULL
             UNION ALL
            SELECT asked.id, NULL, bought.product_name, bought.amount
              FROM asked
              JOIN crm_value_transaction bought ON bought.partner_id = asked.contact
               AND bought.date = asked.day
             WHERE bought.company_id = %(company)s
               AND bought.product_name <> '') found
     WHERE money > 0
  ORDER BY id, money DESC, product, name
"""
