from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.date_utils import start_of
from odoo.tools.translate import LazyTranslate

from ...fields import NullableFloat, UncheckedMany2one
from .const import QUADRANTS

ONE_DAY = timedelta(days=1)
_lt = LazyTranslate(__name__)


class CrmValueProfile(models.Model):
    """The current value of one commercial partner in one company.

    Rows are written by runs in bulk; nobody edits them. What people overrule lives in
    ``crm.value.override``.
    """

    _name = "crm.value.profile"
    _inherit = ["crm.value.figures", "crm.value.summed"]
    _description = "Customer Value Profile"
    _is_result = True
    _order = "value_score DESC NULLS LAST, id"
    _rec_name = "partner_id"
    _rec_names_search = ["partner_id"]

    # A run that profiles name cannot be deleted.
    run_id = UncheckedMany2one("crm.value.run", string="Scoring Run")
    policy_id = fields.Many2one(related="run_id.policy_id")
    as_of = fields.Date(string="As of", help="The last day included in these figures.")
    stale_since = fields.Datetime(
        compute="_compute_stale_since",
        search="_search_stale_since",
        help="Documents changed since; the figures are refreshed within a minute.",
    )
    value_trend = NullableFloat(
        string="Trend",
        compute="_compute_value_trend",
        help="Change of the value score since the last month end; empty if there is "
        "none.",
    )
    override_id = fields.Many2one(
        "crm.value.override",
        string="Manual Quadrant",
        compute="_compute_override_id",
        search="_search_override_id",
    )
    stage_override_id = fields.Many2one(
        "crm.value.override",
        string="Manual Stage",
        compute="_compute_override_id",
        search="_search_stage_override_id",
    )
    # Stored: the customers of one salesperson, and whose turn it is, are looked up.
    user_id = fields.Many2one(
        related="partner_id.user_id", string="Salesperson", store=True
    )
    country_id = fields.Many2one(related="partner_id.country_id")
    snapshot_ids = fields.One2many(
        "crm.value.snapshot", compute="_compute_history", string="Month Ends"
    )
    transition_ids = fields.One2many(
        "crm.value.transition", compute="_compute_history", string="Changes"
    )
    is_crowd = fields.Boolean(related="partner_id.value_is_crowd", related_sudo=False)
    explanation = fields.Json(compute="_compute_explanation")

    _company_partner_uniq = models.Constraint(
        "UNIQUE (company_id, partner_id)", "A customer has one profile in each company."
    )

    def init(self):
        """Leave room in every page: a run rewrites each row, in place where it fits."""
        self.env.cr.execute("ALTER TABLE crm_value_profile SET (fillfactor = 50)")

    @api.model
    def _by_customer(self, companies, partners):
        """Return the profiles of commercial partners by (company id, partner id)."""
        profiles = self.search_fetch(
            [
                ("company_id", "in", companies.ids),
                ("partner_id", "in", partners.commercial_partner_id.ids),
            ],
            order="id",
        )
        return {(p.company_id.id, p.partner_id.id): p for p in profiles}

    @api.model
    def _figure_domain(self, showing, name, operator, value):
        """Return who shows a figure; "not set" also finds who has no profile.

        Asks for the rights of the user even where Odoo searches in the name of the
        system, as it does for followers.

        :param showing: method that turns a domain of profiles into one of the records
            that show them
        """
        user = self.sudo(False)
        user.check_access("read")
        if name in self._fields:
            user._check_field_access(self._fields[name], "read")
        if operator == "not in":
            return ~self._figure_domain(showing, name, "in", value)
        if operator == "in" and any(item is False for item in value):
            unset = ~showing([(name, "!=", False)])
            rest = [item for item in value if item is not False]
            return unset | showing([(name, "in", rest)]) if rest else unset
        return showing([(name, operator, value)])

    def _compute_stale_since(self):
        since = {
            (partner.id, company.id): date
            for partner, company, date in self.env["crm.value.stale"]
            .sudo()  # the queue is internal; only its age is shown
            ._read_group(
                [("partner_id", "in", self.partner_id.ids)],
                ["partner_id", "company_id"],
                ["create_date:min"],
            )
        }
        for profile in self:
            key = (profile.partner_id.id, profile.company_id.id)
            profile.stale_since = since.get(key, False)

    def _search_stale_since(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        queue = self.env["crm.value.stale"].sudo()  # internal
        stale = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "partner_id",
                "in",
                queue._search([("company_id", "=", company.id)]).subselect(
                    "partner_id"
                ),
            )
            for (company,) in queue._read_group([], ["company_id"])
        )
        return stale if operator == "not in" else ~stale

    @api.depends("value_score", "as_of")
    def _compute_value_trend(self):
        before = self._previous_snapshots()
        for profile in self:
            old = before.get((profile.company_id.id, profile.partner_id.id))
            profile.value_trend = (
                profile.value_score - old.value_score
                if old
                and old.value_score is not False
                and profile.value_score is not False
                else False
            )

    def _previous_snapshots(self):
        """Return the month end before each profile, by (company id, partner id)."""
        days = {profile.as_of for profile in self if profile.as_of}
        snapshots = self.env["crm.value.snapshot"].search_fetch(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("month_end", "=", True),
                ("date", "in", [start_of(day, "month") - ONE_DAY for day in days]),
            ],
            ["company_id", "partner_id", "origin_id", "date", "value_score", "run_id"],
            order="date",
        )
        # After a merge two histories meet; compare with the customer's own.
        return {
            (snapshot.company_id.id, snapshot.partner_id.id): snapshot
            for snapshot in snapshots
            if snapshot.origin_id == snapshot.partner_id.id
        }

    def _compute_override_id(self):
        quadrants, stages = (
            self.env["crm.value.override"]._active_by_customer(
                self.company_id, self.partner_id, kind
            )
            for kind in ("quadrant", "stage")
        )
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.override_id = quadrants.get(key, False)
            profile.stage_override_id = stages.get(key, False)

    def _compute_history(self):
        for model, name in (
            ("crm.value.snapshot", "snapshot_ids"),
            ("crm.value.transition", "transition_ids"),
        ):
            groups = self.env[model]._read_group(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ],
                ["company_id", "partner_id"],
                ["id:recordset"],
            )
            found = {(company.id, p.id): records for company, p, records in groups}
            for profile in self:
                key = (profile.company_id.id, profile.partner_id.id)
                profile[name] = found.get(key, False)

    def action_refresh(self):
        """Mark the customers stale, so that the cron scores them again at once."""
        self.check_access("read")
        self.env["crm.value.stale"]._mark(self.partner_id, self.company_id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("The figures are refreshed within a minute."),
            },
        }

    @api.model
    def _action_of(self, company, partner):
        """Return the action that opens a customer's profile, or else the contact."""
        if not partner:
            raise UserError(self.env._("This customer was erased; the figures stay."))
        profile = self._by_customer(company, partner).get((company.id, partner.id))
        return (profile or partner)._get_records_action()

    def action_override(self):
        """Open the form that sets a quadrant or a stage for this customer by hand."""
        self.ensure_one()
        return self._override_action(
            self.env._("Set Manually"), default_quadrant=self.quadrant
        )

    def _override_action(self, name, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "crm.value.override",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
                **defaults,
            },
        }

    @api.depends("partner_id.display_name")
    def _compute_display_name(self):
        for profile in self:
            profile.display_name = profile.partner_id.display_name

    # --- display fields of a profile beyond its figures ---

    quadrant = fields.Selection(
        group_expand="_group_expand_quadrant",
        falsy_value_label=_lt("No Quadrant Yet"),  # pylint: disable=translation-field
    )
    stage_id = fields.Many2one(
        group_expand="_group_expand_stage_id",
        falsy_value_label=_lt("No Stage Yet"),  # pylint: disable=translation-field
    )
    rfm = fields.Char(
        string="RFM",
        compute="_compute_rfm",
        help="Recency, frequency and monetary value, each 1–5 with 5 best.",
    )

    @api.depends("rfm_r", "rfm_f", "rfm_m")
    def _compute_rfm(self):
        for profile in self:
            digits = (profile.rfm_r, profile.rfm_f, profile.rfm_m)
            profile.rfm = "".join(map(str, digits)) if all(digits) else False

    @api.model
    def _group_expand_quadrant(self, quadrants, domain):
        """Show every quadrant as a column, the best first."""
        return [key for key, _label in reversed(QUADRANTS)]

    @api.model
    def _group_expand_stage_id(self, stages, domain):
        """Show every stage as a column."""
        # A handful of stages, all of them wanted.
        return stages.search([])  # pylint: disable=no-search-all

    def _search_override_id(self, operator, value):
        return self._search_manual("quadrant", operator, value)

    def _search_stage_override_id(self, operator, value):
        return self._search_manual("stage", operator, value)

    @api.model
    def _search_manual(self, kind, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        today = fields.Date.context_today(self)
        overrides = self.env["crm.value.override"].search_fetch(
            [
                ("kind", "=", kind),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ],
            ["partner_id", "company_id"],
        )
        manual = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("partner_id", "in", of_company.partner_id.ids)
            for company, of_company in overrides.grouped("company_id").items()
        )
        return manual if operator == "not in" else ~manual

    def action_open_customer(self):
        """Open the customer's contact form."""
        self.ensure_one()
        return self.partner_id._get_records_action()

    def action_open_changes(self):
        """Open the changes of quadrant of this customer."""
        return self._open_history("crm_value.crm_value_transition_action")

    def action_open_snapshots(self):
        """Open the month ends of this customer."""
        return self._open_history("crm_value.crm_value_snapshot_action")

    def _open_history(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        action["context"] = {}
        return action
