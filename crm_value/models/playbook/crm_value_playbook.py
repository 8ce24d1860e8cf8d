from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmValuePlaybook(models.Model):
    """A playbook: activities and a mail for customers who enter a lifecycle stage.

    The steps are those of Odoo's own activity plan, so that they can be launched from
    a contact as well.
    """

    _name = "crm.value.playbook"
    _inherit = ["crm.value.shared", "crm.value.guarded"]
    _shared_unless = "company_id"
    _inherits = {"mail.activity.plan": "plan_id"}
    _description = "Customer Playbook"
    _order = "sequence, id"

    plan_id = fields.Many2one(
        "mail.activity.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    description = fields.Text(
        string="Goal", translate=True, help="What this playbook should achieve."
    )
    stage_id = fields.Many2one(
        "crm.value.stage",
        string="Starts at Stage",
        index=True,
        copy=False,
        ondelete="restrict",
        help="Empty: started manually only.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Fallback Owner",
        domain=[("share", "=", False)],
        help="Takes the steps for which no owner is found.",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        domain=[("model", "=", "res.partner")],
        ondelete="restrict",
    )
    send_mail = fields.Boolean(
        string="Send the Mail",
        help="Subject to the frequency cap of the policy, and never to contacts who"
        " have opted out.",
    )
    mail_delay = fields.Integer(
        string="Days Until the Mail", help="After the playbook has started."
    )
    running_count = fields.Integer(
        string="Running", compute="_compute_running_count", compute_sudo=False
    )

    _mail = models.Constraint(
        "CHECK (NOT send_mail OR mail_template_id IS NOT NULL)",
        "Choose the template of the mail to send.",
    )
    _delay = models.Constraint(
        "CHECK (mail_delay >= 0)", "The mail cannot go out before the playbook starts."
    )

    def _compute_running_count(self):
        running = self.env["crm.value.playbook.start"]._running_domain()
        counts = dict(
            self.env["crm.value.playbook.start"]._read_group(
                [("playbook_id", "in", self.ids), *running],
                ["playbook_id"],
                ["__count"],
            )
        )
        for playbook in self:
            playbook.running_count = counts.get(playbook, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """A playbook is a plan for contacts."""
        return super().create(
            [{**vals, "res_model": "res.partner"} for vals in vals_list]
        )

    def copy_data(self, default=None):
        """Tell the copy by its name; the plan and its steps are copied along."""
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=playbook.name))
            for playbook, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if self.env["crm.value.playbook.start"].search_count(
            [("playbook_id", "in", self.ids)], limit=1
        ):
            raise UserError(
                self.env._(
                    "This playbook has been started for customers. Archive it "
                    "instead, so that its history stays visible."
                )
            )

    def unlink(self):
        """Delete the plan as well; the playbook goes with it."""
        plans = self.plan_id
        result = super().unlink()
        plans.unlink()
        return result

    def action_open_starts(self):
        """Open the customers it has been started for."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_playbook_start_action"
        )
        action["domain"] = [("playbook_id", "=", self.id)]
        action["context"] = {}
        return action

    @api.model
    def _by_stage(self, company):
        """Return the playbooks that stages start in a company.

        The company's own playbooks of a stage replace those shared by all companies.
        """
        found = self.search(
            [("stage_id", "!=", False), ("company_id", "in", (company.id, False))]
        )
        own = found.filtered("company_id")
        return own | found.filtered(lambda shared: shared.stage_id not in own.stage_id)

    def _mail_date(self, day):
        return day + timedelta(days=self.mail_delay)

    def _topic(self):
        """Return what its mails are about, for the log of contacts."""
        self.ensure_one()
        return f"playbook {self.id}"
