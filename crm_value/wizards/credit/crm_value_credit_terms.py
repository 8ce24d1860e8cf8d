from odoo import api, fields, models
from odoo.exceptions import UserError

TOLD = ("credit_limit", "property_payment_term_id")


class CrmValueCreditTerms(models.TransientModel):
    """Accepts or changes the credit limit and the terms that a grade suggests.

    Nothing is set before somebody does. What was there before stands in the log of the
    contact, so that it can be put back; amounts are shown there to accountants alone.
    """

    _name = "crm.value.credit.terms"
    _inherit = ["crm.value.guarded"]
    _description = "Credit Limit and Terms"

    profile_id = fields.Many2one("crm.value.profile", required=True, readonly=True)
    partner_id = fields.Many2one(related="profile_id.partner_id")
    currency_id = fields.Many2one(related="profile_id.currency_id")
    credit_grade = fields.Selection(related="profile_id.credit_grade")
    credit_words = fields.Char(related="profile_id.credit_words")
    limit_works = fields.Boolean(compute="_compute_now")
    limit_now = fields.Monetary(compute="_compute_now")
    terms_now_id = fields.Many2one("account.payment.term", compute="_compute_now")
    limit_suggested = fields.Monetary(compute="_compute_suggested")
    terms_suggested_id = fields.Many2one(
        "account.payment.term", compute="_compute_suggested"
    )
    credit_limit = fields.Monetary(
        string="New Limit",
        compute="_compute_new",
        store=True,
        readonly=False,
        help="0 is no limit at all, as in Odoo: not that nothing may be owed.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="New Terms",
        compute="_compute_new",
        store=True,
        readonly=False,
    )

    @api.depends("profile_id")
    def _compute_now(self):
        for dialog in self:
            customer = dialog._customer()
            dialog.limit_works = dialog.profile_id._credit_limit_works()
            dialog.limit_now = customer.credit_limit
            dialog.terms_now_id = customer.property_payment_term_id

    @api.depends("profile_id")
    def _compute_suggested(self):
        for dialog in self:
            profile = dialog.profile_id
            found = profile._credit_suggestions(profile._credit_standings())
            limit, terms = found.get(profile, (None, profile._credit_terms_now()))
            dialog.limit_suggested = limit or 0.0
            dialog.terms_suggested_id = terms

    @api.depends("profile_id")
    def _compute_new(self):
        for dialog in self:
            dialog.credit_limit = dialog.limit_suggested or dialog.limit_now
            dialog.payment_term_id = dialog.terms_suggested_id

    def _customer(self):
        """Return the customer as the profile's company has it."""
        return self.profile_id.partner_id.with_company(self.profile_id.company_id)

    def action_accept(self):
        """Set what is new, and note on the contact what was there before."""
        self.ensure_one()
        self.check_access("write")  # only accountants have any right on the dialog
        self.profile_id.check_access("read")
        if self.credit_limit < 0:
            raise UserError(self.env._("A credit limit cannot be negative."))
        customer = self._customer()
        before = {name: customer[name] for name in TOLD}
        new = self._changes(customer)
        customer.write(new)
        if new:
            self._note(customer, before, new)
        return {"type": "ir.actions.act_window_close"}

    def _changes(self, customer):
        """Return the values to write; a limit that nothing heeds is left as it is."""
        new = {}
        if self.limit_works and self.credit_limit != customer.credit_limit:
            new["credit_limit"] = self.credit_limit
        if self.payment_term_id != customer.property_payment_term_id:
            new["property_payment_term_id"] = self.payment_term_id.id
        return new

    def _note(self, customer, before, new):
        """Log old and new values as Odoo does: seen by who may see the field."""
        columns = customer.fields_get(TOLD)
        values = self.env["mail.tracking.value"].sudo()
        customer._message_log(
            body=self._say_accepted(),
            tracking_value_ids=[
                fields.Command.create(
                    values._create_tracking_values(
                        before[name], customer[name], name, columns[name], customer
                    )
                )
                for name in new
            ],
        )

    def _say_accepted(self):
        """Return who pays how, without any money."""
        return self.env._(
            "%(company)s: credit limit and payment terms set by hand (%(how)s)",
            company=self.profile_id.company_id.name,
            how=self.credit_words,
        )
