from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, plaintext2html

from .const import ACTIVITY, TREATED


class CrmValueCampaign(models.Model):
    """A campaign that salespeople carry out: one activity of Odoo a customer.

    Whoever marks it done has reached the customer.
    """

    _inherit = "crm.value.campaign"

    activity_type_id = fields.Many2one(
        "mail.activity.type",
        domain=[("res_model", "in", [False, "res.partner"])],
        ondelete="restrict",
        help="What the salesperson of each customer is asked to do; whom nobody looks "
        "after is the responsible's.",
    )

    def _check_means(self):
        if self.means == ACTIVITY and not self.activity_type_id:
            raise UserError(self.env._("Choose what the salespeople shall do."))
        return super()._check_means()

    def _reach(self):
        """Ask the salespeople of who gets it."""
        if self.means != ACTIVITY:
            return super()._reach()
        members = self.member_ids.filtered(lambda member: member.arm == TREATED)
        # One mail to the owner per activity would be hundreds; the to-do list tells.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        day = self.activity_type_id._get_date_deadline()
        shared = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "activity_type_id": self.activity_type_id.id,
            "summary": self.name,
            "note": self.offer and plaintext2html(self.offer),
            "automated": True,
            "date_deadline": day,
        }
        made = activities.create(
            [
                {
                    **shared,
                    "res_id": member.partner_id.id,
                    "user_id": self._seller(member.partner_id).id,
                }
                for member in members
            ]
        )
        members.flush_model()
        self.env.cr.execute(SQL(LINK, members=members.ids, activities=made.ids))
        members.invalidate_recordset(["activity_id", "reached"])
        return None

    def _seller(self, customer):
        """Return who looks after a customer in the company, else the responsible."""
        able = self.env["crm.value.playbook.start"]._able
        return able(customer.user_id, self.company_id) or able(
            self.user_id, self.company_id
        )

    def action_stop(self):
        """Take back what has not been done yet."""
        result = super().action_stop()
        activities = self.sudo().member_ids.activity_id
        activities.filtered("active").unlink()
        return result


LINK = """
    UPDATE crm_value_campaign_member member SET activity_id = made.activity
      FROM unnest(%(members)s, %(activities)s) AS made (id, activity)
     WHERE member.id = made.id
"""
