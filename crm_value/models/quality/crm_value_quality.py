from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney
from .const import DISTORTS, KINDS, OF_COSTS


class CrmValueQuality(models.Model):
    """A finding: what is missing in the records, and how much money it blurs.

    One row for each kind in each company, measured by each full run and on demand.
    What people say of it (that it is as it should be) stays when it is measured anew.
    """

    _name = "crm.value.quality"
    _description = "Finding of Data Quality"
    _is_result = True
    _order = "company_id, rank, id"
    _rec_name = "kind"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, string="Finding", required=True)
    rank = fields.Integer(aggregator=None, help="The most money first.")
    # What was measured
    record_count = fields.Integer(string="Records", aggregator=None)
    money = NullableMoney(
        string="Revenue Affected",
        groups=OFFICER,
        aggregator=None,  # one purchase may have two gaps
        help="Revenue of the value window that these records are of; what is not in "
        "the revenue yet, where it is not invoiced. Empty where it cannot be told.",
    )
    share = NullableFloat(
        string="Blurs",
        groups=OFFICER,
        aggregator=None,
        help="The revenue affected as a share of all revenue of the value window.",
    )
    share_before = NullableFloat(
        string="Last Month",
        groups=OFFICER,
        aggregator=None,
        help="What it blurred when it was last measured in the month before.",
    )
    found_on = fields.Date(string="Since", help="The day on which it was first found.")
    checked_on = fields.Date(string="Measured on")
    # What people say of it
    accepted_by_id = fields.Many2one("res.users", string="As It Should Be, Says")
    accepted_on = fields.Date()
    # How it is shown
    distorts = fields.Char(compute="_compute_distorts")
    can_open = fields.Boolean(compute="_compute_can_open")

    _once = models.UniqueIndex("(company_id, kind)")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_distorts(self):
        for finding in self:
            finding.distorts = self.env._(DISTORTS[finding.kind])

    @api.depends("kind")
    @api.depends_context("uid")
    def _compute_can_open(self):
        """Say whether the reader may see the records themselves."""
        officer = self.env.user.has_group(OFFICER)
        for finding in self:
            told = officer or finding.kind not in OF_COSTS
            model = self.env[self._model_of(finding.kind)]
            finding.can_open = told and model.has_access("read")

    # --- what people do with it ---

    def action_mend(self):
        """Open exactly the records to mend, or the dialog that asks for what lacks."""
        self.check_access("read")
        self.ensure_one()
        if not self.can_open:
            raise AccessError(self.env._("Your rights do not open these records."))
        if self.kind == "zone":
            return self.env["crm.value.run.zone"]._ask()
        return self._open_records()

    def action_accept(self):
        """Say that it is as it should be: it leaves the list, and can come back."""
        self._check_officer()
        self._note({"accepted_by_id": self.env.uid, "accepted_on": self._today()})

    def action_undo(self):
        """Take back that it is as it should be."""
        self._check_officer()
        self._note({"accepted_by_id": False, "accepted_on": False})

    @api.model
    def action_check(self, *_ids):
        """Measure again what is missing in the company, and show it.

        :param _ids: what is selected in the list, which does not matter
        """
        self._check_officer()
        self.env.user._value_check_whole(self.env.company)
        if not self._check(self.env.company):
            raise UserError(
                self.env._("Nothing has been scored yet. Ask for a run first.")
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_officer(self):
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("An officer says what may stay as it is."))

    def _note(self, values):
        self.sudo().write(values)  # findings are written by their own code alone

    def _today(self):
        return self.env["crm.value.run"]._today(self.env.company)
