from odoo import models


class CrmValueTransition(models.Model):
    """A change of stage starts the playbooks of the stage entered."""

    _inherit = "crm.value.transition"

    def _take_effect(self):
        """Start the playbooks, once per customer and day."""
        self.env["crm.value.playbook.start"]._begin_entered(self)
        return super()._take_effect()

    def _amend(self, change):
        """Start the playbooks of the new stage after a second change of the day.

        What the first one has started is ended by the work.
        """
        result = super()._amend(change)
        moved = self.exists()
        if moved.kind == "stage" and moved.date == self._today_of(moved):
            self.env["crm.value.playbook.start"]._begin_entered(moved)
        return result

    def _today_of(self, transition):
        return self.env["crm.value.run"]._today(transition.company_id)
