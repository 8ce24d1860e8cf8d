from odoo import api, fields, models
from odoo.fields import Command

from ...analytics.tier.tier import UNASKED, QualificationRules


class CrmValuePolicy(models.Model):
    """Qualification rules of the loyalty tiers: window, validity, grace, downgrade."""

    _inherit = "crm.value.policy"

    tier_ids = fields.One2many(
        "crm.value.policy.tier", "policy_id", string="Loyalty Tiers", copy=True
    )
    tier_window_months = fields.Integer(
        string="Qualifying Period (months)",
        default=12,
        required=True,
        help="Revenue, margin, points and purchases of this many past months count "
        "towards a tier.",
    )
    tier_period_months = fields.Integer(
        string="Tier Validity (months)",
        default=12,
        required=True,
        help="How long a customer keeps a tier before requalifying.",
    )
    tier_grace_days = fields.Integer(
        string="Grace Period (days)",
        default=30,
        required=True,
        help="Extra days a customer keeps the tier after missing the requirements at"
        " its end.",
    )
    tier_landing = fields.Selection(
        [
            ("step", "The next lower tier, for one validity period"),
            ("earned", "The tier the customer qualifies for by then"),
        ],
        string="Downgrade To",
        default="step",
        required=True,
        help="The tier of a customer who does not requalify by the end of the grace "
        "period.",
    )
    tier_upgrade = fields.Selection(
        [("once", "Immediately"), ("month", "At the end of the month")],
        string="Upgrade Takes Effect",
        default="once",
        required=True,
        help="When a customer who meets the thresholds of a higher tier enters it.",
    )
    tier_warn_days = fields.Integer(
        string="Expiry Notice (days before)",
        default=60,
        required=True,
        help="Customers who do not yet qualify to retain their tier are told what is"
        " missing.",
    )
    tier_mails = fields.Boolean(
        string="Notify Customers by E-Mail",
        help="Congratulate on an upgrade and warn before a downgrade. Never sent to"
        " contacts who have opted out, and subject to the frequency cap.",
    )

    _tier_periods = models.Constraint(
        "CHECK (tier_window_months > 0 AND tier_period_months > 0 "
        "AND tier_grace_days >= 0 AND tier_warn_days >= 0)",
        "The qualifying period and the validity of tiers must be at least one "
        "month, and days cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Copy the thresholds of the template to the company's own tiers."""
        for vals in vals_list:
            company = self.env["res.company"].browse(
                vals.get("company_id", self.env.company.id)
            )
            if company:
                vals["tier_ids"] = self._own_tiers(company, vals.get("tier_ids"))
        return super().create(vals_list)

    @api.model
    def _own_tiers(self, company, commands=None):
        """Return commands that name the company's own tiers, found by their position.

        :param commands: those to translate; None: those of the template
        """
        if commands is None:
            commands = self._template().copy_data()[0].get("tier_ids", [])
        tiers = self.env["crm.value.tier"].with_context(active_test=True)
        template = tiers.search([("company_id", "=", False)]).ids
        own = dict(
            zip(template, tiers.search([("company_id", "=", company.id)]), strict=False)
        )
        found = []
        for command in commands:
            if command[0] != Command.CREATE or command[2]["tier_id"] not in template:
                found.append(command)
            elif tier := own.get(command[2]["tier_id"]):
                found.append(Command.create({**command[2], "tier_id": tier.id}))
        return found

    @api.model
    def _ensure(self, companies):
        """Let the tiers be there before the policy that names them."""
        self.env["crm.value.tier"]._ensure(companies)
        return super()._ensure(companies)

    def _limits(self):
        return [*super()._limits(), self._qualification_rules()]

    def _qualification_rules(self):
        """Return the qualification rules as the analytics see them.

        Every tier of the company has its place in it, so that who is in one that is
        no longer asked for lands on the next lower one.
        """
        tiers = self.env["crm.value.tier"].with_context(active_test=False)
        tiers = tiers.search([("company_id", "=", self.company_id.id)])
        lines = self.tier_ids.grouped("tier_id")
        none = self.tier_ids.browse()
        rows = [lines.get(tier, none) for tier in tiers]
        return QualificationRules(
            ids=tuple(tiers.ids),
            entry=tuple(row._entry() if row else UNASKED for row in rows),
            every=tuple(row.combine != "any" for row in rows),
            keep=tuple(row.keep_percent if row else 1.0 for row in rows),
            window_months=self.tier_window_months,
            period_months=self.tier_period_months,
            grace_days=self.tier_grace_days,
            soft=self.tier_landing == "step",
            at_month_end=self.tier_upgrade == "month",
        )
