from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .sql import DOUBLES, LIKE, PLAIN, SAME

# The signs by which two look like one, the surest first.
SIGNS = [
    ("email", "Mail Address"),
    ("phone", "Phone"),
    ("name", "Company Name"),
    ("domain", "Mail Domain"),
]
STATES = [("open", "To Decide"), ("linked", "Linked"), ("apart", "Not the Same")]


class CrmValueLeadDouble(models.Model):
    """A lead that looks like an older lead, or like a customer.

    What people decided of two stays, and the two are not found again.
    """

    _name = "crm.value.lead.double"
    _description = "Lead That Looks Like Another"
    _is_result = True
    _log_access = False
    _order = "lead_id DESC, place, id"
    _rec_name = "lead_id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    older_id = fields.Many2one(
        "crm.lead", string="Older Lead", index="btree_not_null", ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index="btree_not_null", ondelete="cascade"
    )
    place = fields.Integer(aggregator=None, help="The surest sign comes first.")
    sign = fields.Selection(SIGNS, string="What Is the Same", required=True)
    value = fields.Char(string="Namely", required=True)
    state = fields.Selection(STATES, required=True, default="open")
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", ondelete="set null"
    )
    decided_on = fields.Date()

    _one = models.Constraint(
        "CHECK (older_id IS NULL OR partner_id IS NULL)",
        "A lead is compared with another lead or with a contact.",
    )
    _once_lead = models.UniqueIndex("(lead_id, older_id) WHERE older_id IS NOT NULL")
    _once_partner = models.UniqueIndex(
        "(lead_id, partner_id) WHERE partner_id IS NOT NULL"
    )

    def action_merge(self):
        """Open Odoo's own dialog that merges leads, with these two."""
        self.ensure_one()
        self._check_leads()
        if not self.older_id:
            raise UserError(self.env._("A lead is linked to a customer, not merged."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.action_merge_opportunities"
        )
        two = self.older_id | self.lead_id
        return {
            **action,
            "context": {
                "active_model": "crm.lead",
                "active_ids": two.ids,
                "value_double": True,
            },
        }

    def action_link(self):
        """Give the leads to the contacts that they look like."""
        self._check_leads()
        found = self.filtered("partner_id")
        if not found:
            raise UserError(self.env._("Two leads are merged, not linked."))
        if len(found.lead_id) < len(found):
            raise UserError(
                self.env._("A lead belongs to one contact: choose one line for each.")
            )
        for partner, doubles in found.grouped("partner_id").items():
            doubles.lead_id.write({"partner_id": partner.id})
        found._note("linked")

    def action_apart(self):
        """Say that the two are not the same."""
        self._check_leads()
        self._note("apart")

    def action_undo(self):
        """Take a decision back; a lead that was linked stays with its customer."""
        self._check_leads()
        self._note("open")

    def _check_leads(self):
        self.check_access("read")
        self.lead_id.check_access("write")

    def _note(self, state):
        """Keep what was decided, and by whom."""
        decided = state != "open"
        self.sudo().write(  # written by their own code alone
            {
                "state": state,
                "decided_by_id": decided and self.env.uid,
                "decided_on": decided and fields.Date.context_today(self),
            }
        )

    @api.model
    def _find(self, leads):
        """Look for those whom some leads look like, among leads and contacts."""
        for model in ("crm.lead", "res.partner", "res.users", self._name):
            self.env[model].flush_model()
        ids = leads.ids
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_value_lead_double"
                " WHERE state = 'open' AND (lead_id = ANY(%(ids)s)"
                " OR older_id = ANY(%(ids)s))",
                ids=ids,
            )
        )
        query = SQL(
            DOUBLES,
            ids=ids,
            company=self.env.company.id,
            lead_name=SQL(PLAIN, name=SQL("lead.partner_name")),
            partner_name=SQL(PLAIN, name=SQL("partner.name")),
            named=SQL(LIKE if self.pool.has_trigram else SAME),
        )
        self.env.cr.execute(query)
        self.invalidate_model()
