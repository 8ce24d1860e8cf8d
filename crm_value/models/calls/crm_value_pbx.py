from odoo import api, fields, models
from odoo.exceptions import ValidationError

from . import numbers
from .asking import networks


class CrmValuePbx(models.Model):
    """A telephone system that asks who is calling, and tells what became of a call."""

    _name = "crm.value.pbx"
    _inherit = ["crm.value.guarded"]
    _description = "Telephone System"
    _order = "company_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Only customers of this company are told, and calls belong to it.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner of the Keys",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="When this user is archived, the keys open nothing any more. Best is a "
        "user that nobody logs in with.",
    )
    country_id = fields.Many2one(
        "res.country",
        required=True,
        default=lambda self: self.env.company.country_id or self.env.ref("base.us"),
        help="Whose rules numbers without a country code follow.",
    )
    outside_prefix = fields.Char(
        string="Outside Line",
        help="What is dialled before an outside number, if anything.",
    )
    queue = fields.Char(
        string="Usual Queue", help="Queue of callers whose tier names none."
    )
    floor_seconds = fields.Integer(
        string="First Come, First Served after (s)",
        default=180,
        required=True,
        aggregator=None,
        help="Who has waited this long is served before all who came later, whatever "
        "their tier. The telephone system is told with each answer.",
    )
    rate_limit = fields.Integer(
        string="Requests a Minute",
        default=600,
        required=True,
        aggregator=None,
        help="More are refused until the minute is over, counted by each process of "
        "the server.",
    )
    ip_ranges = fields.Text(
        string="Allowed Addresses",
        help="One address or network a line, such as 192.0.2.17 or 10.0.0.0/8. Empty: "
        "from anywhere.",
    )
    extension_ids = fields.One2many(
        "crm.value.pbx.extension", "pbx_id", string="Extensions"
    )
    route_ids = fields.One2many("crm.value.pbx.route", "pbx_id", string="Queues")

    _limits = models.Constraint(
        "CHECK (floor_seconds > 0 AND rate_limit > 0)",
        "Waiting times and limits have to be greater than zero.",
    )

    @api.constrains("ip_ranges")
    def _check_ip_ranges(self):
        for pbx in self:
            try:
                networks(pbx.ip_ranges)
            except ValueError as error:
                raise ValidationError(
                    self.env._("Not an address or a network: %(error)s", error=error)
                ) from error

    def _number(self, text):
        """Return a number that this system sent in E.164, False if it is none."""
        return numbers.to_e164(
            self.env["res.partner"],
            text,
            self.country_id,
            self.outside_prefix or "",
        )

    def _users_of(self, names):
        """Return the users of some extensions, logins or names."""
        names = {name.casefold() for name in names if name}
        if not names:
            return self.env["res.users"]
        return self.extension_ids.filtered(
            lambda one: not names.isdisjoint(one._called())
        ).user_id


class CrmValuePbxExtension(models.Model):
    """Whose telephone an extension is."""

    _name = "crm.value.pbx.extension"
    _inherit = ["crm.value.guarded"]
    _description = "Extension"
    _order = "number, id"
    _rec_name = "number"

    pbx_id = fields.Many2one(
        "crm.value.pbx",
        string="Telephone System",
        required=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Char(string="Extension", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    queue = fields.Char(help="Queue that the agent takes calls from.")

    _once = models.UniqueIndex("(pbx_id, number)", "An extension belongs to one agent.")

    def _called(self):
        """Return by which names telephone systems call an agent."""
        user = self.user_id.sudo()
        names = (self.number, user.login, user.name, user.email)
        return {name.casefold() for name in names if name}


class CrmValuePbxRoute(models.Model):
    """In which queue callers of a tier wait."""

    _name = "crm.value.pbx.route"
    _inherit = ["crm.value.guarded"]
    _description = "Queue of a Tier"
    _order = "tier_id, id"
    _rec_name = "queue"
    _check_company_auto = True

    pbx_id = fields.Many2one(
        "crm.value.pbx",
        string="Telephone System",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="pbx_id.company_id", store=True)
    tier_id = fields.Many2one(
        "crm.value.tier",
        required=True,
        check_company=True,
        index=True,
        ondelete="cascade",
    )
    queue = fields.Char(required=True)

    _once = models.UniqueIndex("(pbx_id, tier_id)", "A tier waits in one queue.")
