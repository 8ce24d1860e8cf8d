from odoo import fields, models

from .res_groups import PARTS


class ResConfigSettings(models.TransientModel):
    """Switches of the parts that a company may not use, with their jobs."""

    _inherit = "res.config.settings"

    group_value_loyalty = fields.Boolean(
        "Loyalty and Points",
        implied_group="crm_value.group_part_loyalty",
        group="crm_value.group_user",
    )
    group_value_satisfaction = fields.Boolean(
        "Satisfaction and Surveys",
        implied_group="crm_value.group_part_satisfaction",
        group="crm_value.group_user",
    )
    group_value_service = fields.Boolean(
        "Service",
        implied_group="crm_value.group_part_service",
        group="crm_value.group_user",
    )
    group_value_playbook = fields.Boolean(
        "Playbooks",
        implied_group="crm_value.group_part_playbook",
        group="crm_value.group_user",
    )
    group_value_selling = fields.Boolean(
        "Help with Quotations",
        implied_group="crm_value.group_part_selling",
        group="crm_value.group_user",
    )
    group_value_strategy = fields.Boolean(
        "Strategy",
        implied_group="crm_value.group_part_strategy",
        group="crm_value.group_user",
    )

    def set_values(self):  # pylint: disable=missing-return
        """Stop the jobs of a part with its screens, and start them again."""
        before = self._value_used_parts()
        super().set_values()
        after = self._value_used_parts()
        if before != after:
            for job in self._value_jobs():
                part = self.env[job.model_name]._value_part
                if (part in before) != (part in after):
                    job.active = part in after

    def _value_used_parts(self):
        return {part for part in PARTS if self.env["res.groups"]._value_uses(part)}

    def _value_jobs(self):
        """Return our jobs of models that name a part: nobody else's jobs."""
        ours = self.env["ir.model.data"].sudo()
        ours = ours.search([("module", "=", "crm_value"), ("model", "=", "ir.cron")])
        jobs = self.env["ir.cron"].sudo().with_context(active_test=False)
        return jobs.search([("id", "in", ours.mapped("res_id"))]).filtered(
            lambda job: getattr(self.env.get(job.model_name), "_value_part", None)
        )
