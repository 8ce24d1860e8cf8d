import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...fields import NullableFloat, NullableMoney
from .const import BY_PLAYBOOK, BY_YEAR, FINDINGS, OF, SEEDS


class CrmValueHoldout(models.Model):
    """A lasting control group: customers for whom we do without something.

    Of a playbook, whoever would start it is drawn as the day comes, each with a window
    of its own. Of a year, everybody is drawn at once, and gets no promotion at all.
    """

    _name = "crm.value.holdout"
    _inherit = ["crm.value.work"]
    _description = "Control Group"
    _value_part = "strategy"
    _order = "kind, year DESC, id DESC"
    _job = "crm_value.ir_cron_holdout"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(OF, string="Of", required=True)
    playbook_id = fields.Many2one(
        "crm.value.playbook", index="btree_not_null", ondelete="cascade"
    )
    year = fields.Integer(aggregator=None)
    seed = fields.Integer(
        required=True, aggregator=None, help="By it the same draw can be made again."
    )
    share = fields.Float(string="Held Out", aggregator=None)
    date_start = fields.Date(string="First Draw")
    member_ids = fields.One2many("crm.value.holdout.member", "holdout_id")
    # What came of it
    message = fields.Char()
    look_count = fields.Integer(
        string="Times Measured",
        aggregator=None,
        help="It is measured when 30, 60, 120, … customers held out are through "
        "their window. Each time asks for stronger evidence than the one before.",
    )
    looked_on = fields.Date(
        string="Measured On", help="Windows that ended before this day are in it."
    )
    treated_count = fields.Integer(string="Get It", aggregator=None)
    held_count = fields.Integer(string="Customers Held Out", aggregator=None)
    verdict = fields.Selection(FINDINGS)
    lift = NullableMoney(string="Brought per Customer", aggregator=None)
    lift_low = NullableMoney(string="At Least", aggregator=None)
    lift_high = NullableMoney(string="At Most", aggregator=None)
    lift_trimmed = NullableMoney(
        string="Without the Largest",
        aggregator=None,
        help="The same where the largest one percent of amounts count as if they were "
        "at its edge. Where the two differ, a few customers decide.",
    )
    lift_error = NullableFloat(string="Standard Error", aggregator=None)
    chance = NullableFloat(
        string="By Chance Alone",
        aggregator=None,
        help="How often the draw alone would give a difference as large.",
    )
    ratio_chance = NullableFloat(string="Sizes of Both Groups", aggregator=None)

    _one_playbook = models.UniqueIndex(
        "(company_id, playbook_id) WHERE playbook_id IS NOT NULL"
    )
    _one_year = models.UniqueIndex("(company_id, year) WHERE playbook_id IS NULL")
    _kind_of = models.Constraint(
        "CHECK ((kind = 'playbook') = (playbook_id IS NOT NULL))",
        "A control group is that of a playbook or of a year.",
    )

    @api.depends("kind", "playbook_id.name", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for holdout in self:
            holdout.display_name = (
                holdout.playbook_id.name
                if holdout.kind == BY_PLAYBOOK
                else self.env._("All Marketing of %(year)s", year=holdout.year)
            )

    @api.model
    def _of_playbook(self, company, playbook, day):
        """Return the control group of a playbook in a company, made by its first draw.

        Two transactions at once make one: the later is begun anew by its caller.
        """
        found = self._search_playbook(company, playbook)
        if found:
            return found
        self.env.execute_query(
            SQL(
                ADD,
                company=company.id,
                playbook=playbook.id,
                seed=secrets.randbelow(SEEDS),
                day=day,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return self._search_playbook(company, playbook)

    @api.model
    def _search_playbook(self, company, playbook):
        return self.search(
            [("company_id", "=", company.id), ("playbook_id", "=", playbook.id)]
        )

    def action_measure(self):
        """Measure the same windows again: documents may have come late."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("crm_value.group_manager"):
            raise AccessError(self.env._("Only a manager can measure again."))
        self.env.user._value_check_whole(self.company_id)
        if not self.look_count:
            raise UserError(self.env._("It is measured when enough windows are over."))
        holdout = self.sudo()  # results are written by their own code alone
        holdout._measure(holdout.looked_on, holdout.look_count)

    def action_open_members(self):
        """Open the customers, with who gets it and who does not."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_holdout_member_action"
        )
        action["domain"] = [("holdout_id", "in", self.ids)]
        return action

    def _is_year(self):
        return self.kind == BY_YEAR


ADD = """
    INSERT INTO crm_value_holdout
                (company_id, kind, playbook_id, seed, date_start, look_count,
                 create_uid, write_uid, create_date, write_date)
         VALUES (%(company)s, 'playbook', %(playbook)s, %(seed)s, %(day)s, 0,
                 %(uid)s, %(uid)s, %(now)s, %(now)s)
    ON CONFLICT DO NOTHING RETURNING id
"""
