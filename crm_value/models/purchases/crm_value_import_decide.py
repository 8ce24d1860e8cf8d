from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmValueImport(models.Model):
    """What a check leaves to be decided, and the buttons that decide it."""

    _inherit = "crm.value.import"

    missing_customer_count = fields.Integer(
        string="Customers Not in Odoo", readonly=True, copy=False
    )
    shared_customer_count = fields.Integer(
        string="Customers Whose E-mail Another One Has", readonly=True, copy=False
    )
    conflict_count = fields.Integer(
        string="Documents That Differ", readonly=True, copy=False
    )

    missing_question = fields.Char(compute="_compute_questions")
    shared_question = fields.Char(compute="_compute_questions")
    conflict_question = fields.Char(compute="_compute_questions")

    @api.depends(
        "line_count",
        "missing_customer_count",
        "shared_customer_count",
        "conflict_count",
    )
    def _compute_questions(self):
        for record in self:
            record.missing_question = self.env._(
                "%(lines)s lines: %(count)s customers are not in Odoo yet. Create "
                "them?",
                lines=record.line_count,
                count=record.missing_customer_count,
            )
            record.shared_question = self.env._(
                "%(count)s customers have the e-mail address of another customer. Are "
                "they the same ones?",
                count=record.shared_customer_count,
            )
            record.conflict_question = self.env._(
                "%(count)s documents are there with other figures. Which ones shall "
                "count?",
                count=record.conflict_count,
            )

    def action_create_customers(self):
        """Create the customers that are not in Odoo when importing."""
        self._decide(create_missing=True)

    def action_same_customer(self):
        """Take numbers that share an e-mail for one customer."""
        self._decide(shared_email="same")

    def action_customers_apart(self):
        """Take numbers that share an e-mail for customers of their own."""
        self._decide(shared_email="apart")

    def action_replace_documents(self):
        """Let the file replace documents that are there with other figures."""
        self._decide(documents_there="replace")

    def action_keep_both_documents(self):
        """Add the file's lines to documents that are there with other figures."""
        self._decide(documents_there="both")

    def action_skip_documents(self):
        """Leave documents as they are where the file has other figures."""
        self._decide(documents_there="skip")

    def _decide(self, **decision):
        """Note a decision about what the check found, and judge the lines anew."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "checked":
            raise UserError(self.env._("Check the file first."))
        self._note(decision)
        self._check_rights()
        self._schedule("resolve")
