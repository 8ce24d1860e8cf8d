from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER
from ...models.solution.const import OWNERS


class CrmValueSolution(models.TransientModel):
    """Finds what meets the needs of a lead, a contact or a quotation, and offers it."""

    _name = "crm.value.solution"
    _inherit = ["crm.value.guarded"]
    _description = "Solutions"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    order_id = fields.Many2one("sale.order", string="Quotation", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer")
    need_ids = fields.One2many("crm.value.solution.need", "solution_id", string="Needs")
    option_ids = fields.One2many(
        "crm.value.solution.option", "solution_id", string="Solutions", readonly=True
    )
    has_lines = fields.Boolean(compute="_compute_has_lines")
    has_suggestions = fields.Boolean(
        string="Add Suggestions",
        default=True,
        help="What is suggested for the customer comes below, in a section from which "
        "the customer may choose.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Terms by Credit Grade",
        groups=OFFICER,
        help="What the customer's credit grade suggests instead of the usual terms. "
        "Empty: as usual.",
    )

    @api.depends("order_id")
    def _compute_has_lines(self):
        for dialog in self:
            dialog.has_lines = bool(dialog.order_id.order_line)

    @api.model
    def _guarded_names(self):
        return [*super()._guarded_names(), "lead_id", "order_id"]

    # --- opened ---

    @api.model
    def _open(self, owner):
        """Return the dialog for a lead, a quotation or a contact."""
        self.check_access("create")
        owner.ensure_one().check_access("read")
        lead = owner if owner._name == "crm.lead" else owner.browse()
        order = owner if owner._name == "sale.order" else owner.browse()
        if order:
            lead = order.opportunity_id
        partner = owner if owner._name == "res.partner" else owner.partner_id
        company = order.company_id or (lead._value_company() if lead else None)
        company = company or self.env.company
        dialog = self.create(
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "lead_id": lead.id if lead else False,
                "order_id": order.id if order else False,
                "partner_id": partner.id,
            }
        )
        dialog._begin()
        return dialog._shown()

    def _begin(self):
        """Start from what is known to be needed, and from the terms of the grade."""
        customer = self.partner_id.commercial_partner_id
        owners = (self.order_id, self.lead_id, customer)
        lines = self.env["crm.value.need.line"]._of(owners, self.company_id)
        self.need_ids = [
            Command.create({"need_id": line.need_id.id, "amount": line.amount})
            for line in lines
        ]
        if self.env.user.has_group(OFFICER):
            self.payment_term_id = self._graded_terms()
        self._rank()

    def _graded_terms(self):
        """Return the payment terms that the grade suggests, if not those of now."""
        customer = self.partner_id.commercial_partner_id
        profile = self.env["crm.value.profile"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", customer.id),
                ("credit_grade", "!=", False),
            ],
            limit=1,
        )
        if not profile:
            return self.env["account.payment.term"]
        grade = profile._codes("credit_grade").index(profile.credit_grade)
        offered = profile._credit_terms_offered(self.company_id)
        terms = profile._credit_terms_suggested(grade, offered)
        return terms - profile._credit_terms_now()

    def _shown(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Solutions"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_rank(self):
        """Look again, for the needs as they are now."""
        self.ensure_one().check_access("write")
        self._check_named()
        self._rank()
        return self._shown()

    # --- offered ---

    def _draft(self, templates):
        """Put some templates on the quotation, a new one where there is none yet."""
        self.ensure_one().check_access("write")
        self._check_named()
        needs = self._needs()
        if not needs:
            raise UserError(self.env._("Say first what is needed."))
        order = self._quotation()
        order._value_offer(templates, needs)
        order.value_solution_ids |= templates
        self._note(order, needs, order.value_solution_ids.value_need_ids)
        if self.has_suggestions:
            order._value_add_suggestions()
        if self.env.user.has_group(OFFICER) and self.payment_term_id:
            order.payment_term_id = self.payment_term_id
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": order.id,
            "views": [[False, "form"]],
        }

    def _quotation(self):
        """Return the quotation to fill, made as from the lead or the contact."""
        if self.order_id:
            self.order_id.check_access("write")
            if self.order_id.state not in ("draft", "sent"):
                raise UserError(self.env._("The quotation is an order, or cancelled."))
            return self.order_id
        if not self.partner_id:
            raise UserError(self.env._("Choose the customer first."))
        orders = self.env["sale.order"].with_company(self.company_id)
        values = {"partner_id": self.partner_id.id, "company_id": self.company_id.id}
        if self.lead_id:
            self.lead_id.check_access("write")
            if not self.lead_id.partner_id:
                self.lead_id.partner_id = self.partner_id
            told = self.lead_id._prepare_opportunity_quotation_context()
            values = {**_defaults(told), **values, "opportunity_id": self.lead_id.id}
        return orders.create(values)

    def _note(self, order, needs, met):
        """Keep what is needed on all that it is of, and what nothing met at its root.

        The root is the lead, the contact that was asked about, or the quotation.
        """
        customer = self.partner_id.commercial_partner_id
        root = self._root(order)
        lines = self.env["crm.value.need.line"]
        today = self.env["crm.value.run"]._today(self.company_id)
        rows = []
        for owner in (self.lead_id, order, customer):
            for need, amount in needs.items() if owner else ():
                vals = {"need_id": need, "amount": amount}
                vals["company_id"] = self.company_id.id
                vals[OWNERS.get(owner._name, "partner_id")] = owner.id
                if owner == root:
                    vals["unmet_on"] = need not in met.ids and today
                rows.append(vals)
        lines._note(rows)

    def _root(self, order):
        """Return what an unmet need counts for, once."""
        if self.lead_id or self.order_id:
            return self.lead_id or self.order_id
        return self.partner_id.commercial_partner_id or order

    def action_unmet(self):
        """Note that nothing meets these needs, for who makes products."""
        self.ensure_one().check_access("write")
        self._check_named()
        met = self._templates(self._needs()).value_need_ids
        self._note(self.order_id, self._needs(), met)
        return {"type": "ir.actions.act_window_close"}


def _defaults(context):
    """Return the values that a context of defaults stands for."""
    begin = "default_"
    return {
        name.removeprefix(begin): value
        for name, value in context.items()
        if name.startswith(begin)
    }
