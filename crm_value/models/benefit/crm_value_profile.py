from odoo import api, fields, models

from ... import words
from .crm_value_benefit_row import CONTACT, CREDIT, TERMS


class CrmValueProfile(models.Model):
    """Shows the benefits of a customer's tier, and those granted so far."""

    _name = "crm.value.profile"
    _inherit = ["crm.value.profile", "crm.value.benefit.row"]

    value_benefits = fields.Json(compute="_compute_value_benefits")
    benefit_ids = fields.One2many(
        "crm.value.benefit", compute="_compute_benefit_ids", string="Benefits"
    )

    def _compute_benefit_ids(self):
        groups = self.env["crm.value.benefit"]._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["company_id", "partner_id"],
            ["id:recordset"],
        )
        found = {(company, partner): rows for company, partner, rows in groups}
        for profile in self:
            profile.benefit_ids = found.get((profile.company_id, profile.partner_id))

    def _documents_benefits(self):
        return [("crm.value.benefit", self._window_benefits)]

    def _window_benefits(self):
        """Return the domain of what was granted in the value window."""
        scope = self._document_scope()
        return [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
            ("date", ">", scope.window_start),
            ("date", "<=", self.as_of),
        ]

    @api.depends("tier_id")
    @api.depends_context("uid", "lang")
    def _compute_value_benefits(self):
        for profile in self:
            profile.value_benefits = profile._show_benefits()

    def _show_benefits(self):
        """Return the tier and its benefits as plain data, False without a tier."""
        tier = self.sudo().tier_id  # pricelists and programs may be closed to the user
        if not tier:
            return False
        customer = self.partner_id.with_company(self.company_id)
        may = customer.has_access("write")
        terms = customer.sudo().property_payment_term_id
        return {
            "tier": tier.name,
            "color": tier.color,
            "note": "",
            "rows": [
                *self._price_row(tier, customer),
                *self._program_rows(tier),
                *self._rate_row(tier, ""),
                *self._terms_row(tier, terms, may),
                *self._credit_row(tier, self.partner_id),
                *self._service_rows(tier),
                *self._contact_row(tier, customer, may),
            ],
        }

    def _price_row(self, tier, customer):
        if not tier.pricelist_id:
            return []
        label = self.env._("Pricelist: %(name)s", name=tier.pricelist_id.name)
        why = tier._why_not_priced(customer.sudo())
        return [self._benefit_row("pricelist", label, not why, why)]

    def _program_rows(self, tier):
        return [
            self._benefit_row(f"program {program.id}", program.name, True)
            for program in tier.program_ids
        ]

    def _service_rows(self, tier):
        """Return the rows of the tier's ticket benefits."""
        rows = []
        if tier.ticket_priority:
            names = dict(
                tier._fields["ticket_priority"]._description_selection(self.env)
            )
            label = self.env._(
                "Ticket priority: %(priority)s",
                priority=names[tier.ticket_priority],
            )
            rows.append(self._benefit_row("ticket_priority", label, True))
        if tier.response_hours:
            label = self.env._(
                "Response within %(hours)s",
                hours=words.working_hours(self.env, tier.response_hours),
            )
            rows.append(self._benefit_row("response_hours", label, True))
        return rows

    def _contact_row(self, tier, customer, may):
        contact = tier.contact_user_id
        if not contact:
            return []
        label = self.env._("Dedicated contact: %(name)s", name=contact.name)
        other = customer.user_id
        applied = other == contact
        why = ""
        if not applied and other:
            why = self.env._(
                "%(name)s is already the salesperson of the customer.", name=other.name
            )
        elif not applied:
            why = self.env._("Suggested as salesperson of the customer.")
        return [self._benefit_row(CONTACT, label, applied, why, may and not other)]

    def action_apply_benefit(self, code):
        """Apply to the customer what its tier only suggests."""
        self.check_access("read")
        self.ensure_one()
        tier = self.sudo().tier_id
        customer = self.partner_id.with_company(self.company_id)
        if code == TERMS:
            customer.property_payment_term_id = tier.payment_term_id
        elif code == CREDIT:
            self._apply_credit(tier, customer)
        elif code == CONTACT and not customer.user_id:
            customer.user_id = tier.contact_user_id
        return None
