from odoo import api, fields, models
from odoo.exceptions import ValidationError

BY_CUSTOMER = ("salesperson", "team_leader")


class MailActivityPlan(models.Model):
    _inherit = "mail.activity.plan"

    name = fields.Char(translate=True)


class MailActivityPlanTemplate(models.Model):
    """Assigns plan activities to the customer's salesperson or team leader."""

    _inherit = "mail.activity.plan.template"

    summary = fields.Char(translate=True)
    note = fields.Html(translate=True)
    responsible_type = fields.Selection(
        selection_add=[
            ("salesperson", "Salesperson"),
            ("team_leader", "Sales Team Leader"),
        ],
        ondelete={"salesperson": "set default", "team_leader": "set default"},
    )

    @api.constrains("plan_id", "responsible_type")
    def _value_check_responsible_customer(self):
        for step in self:
            if step.responsible_type in BY_CUSTOMER and step.res_model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "Only plans for contacts can assign steps to the "
                        "salesperson or team leader."
                    )
                )

    def _determine_responsible(self, on_demand_responsible, applied_on_record):
        """Look up the owner on the customer; the fallback is who starts the plan."""
        if self.responsible_type not in BY_CUSTOMER:
            return super()._determine_responsible(
                on_demand_responsible, applied_on_record
            )
        owner = self._value_customer_owner(applied_on_record)
        warning = False
        if not owner:
            warning = self.env._(
                "%(customer)s has no %(role)s.",
                customer=applied_on_record.display_name,
                role=dict(
                    self._fields["responsible_type"]._description_selection(self.env)
                )[self.responsible_type],
            )
        return {
            "responsible": owner or on_demand_responsible,
            "error": False,
            "warning": warning,
        }

    def _value_customer_owner(self, partner):
        """Return the user that a customer leads to: its own, else its company's.

        A salesperson without a leader decides alone.
        """
        salesperson = partner.user_id or partner.commercial_partner_id.user_id
        if self.responsible_type == "salesperson":
            return salesperson
        return salesperson.sale_team_id.user_id or salesperson
