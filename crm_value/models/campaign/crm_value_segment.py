from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CrmValueSegment(models.Model):
    """A segment: a saved filter on customers, and what to do for them."""

    _name = "crm.value.segment"
    _inherit = ["crm.value.guarded"]
    _description = "Customer Segment"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    domain = fields.Char(
        string="Customers",
        required=True,
        default="[]",
        help="Who is in it changes with the figures; a campaign freezes it.",
    )
    strategy = fields.Text(
        string="Approach",
        translate=True,
        help="What these customers need, and what we want of them.",
    )
    playbook_id = fields.Many2one(
        "crm.value.playbook",
        ondelete="set null",
        help="What a campaign for this segment proposes to start.",
    )
    offer_ids = fields.One2many(
        "crm.value.segment.offer", "segment_id", string="Offer by Stage", copy=True
    )
    campaign_ids = fields.One2many("crm.value.campaign", "segment_id")
    customer_count = fields.Integer(
        string="Customers Now", compute="_compute_customer_count"
    )

    @api.depends("domain", "company_id")
    def _compute_customer_count(self):
        profiles = self.env["crm.value.profile"]
        for segment in self:  # a handful, each a filter of its own
            segment.customer_count = profiles.search_count(segment._profile_domain())

    @api.constrains("domain")
    def _check_domain(self):
        for segment in self:
            try:
                segment._read_domain()
            except (ValueError, SyntaxError, TypeError) as error:
                raise ValidationError(
                    self.env._("This filter cannot be read: %(why)s", why=error)
                ) from error

    def _read_domain(self):
        """Return the saved filter; it names fields of profiles alone."""
        domain = Domain(literal_eval(self.domain or "[]"))
        domain.validate(self.env["crm.value.profile"])
        return domain

    def _profile_domain(self):
        """Return the domain of the profiles in it, of its company alone.

        A filter whose fields are gone finds nobody: it can be opened and mended.
        """
        try:
            domain = self._read_domain()
        except (ValueError, SyntaxError, TypeError):
            return Domain.FALSE
        return domain & Domain("company_id", "=", self.company_id.id)

    def _profile_ids(self):
        """Return the ids of the profiles in it, in no order."""
        profiles = self.env["crm.value.profile"]
        return [*profiles._search(self._profile_domain())]

    def action_open_customers(self):
        """Open the customers who are in it now."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_profile_action"
        )
        return {
            **action,
            "name": self.name,
            "domain": list(self._profile_domain()),
            "context": {},
        }

    def action_new_campaign(self):
        """Open a new campaign for these customers."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.value.campaign",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_segment_id": self.id,
                "default_name": self.name,
                "default_company_id": self.company_id.id,
                "default_playbook_id": self.playbook_id.id,
                "default_means": "playbook" if self.playbook_id else "mail",
            },
        }
