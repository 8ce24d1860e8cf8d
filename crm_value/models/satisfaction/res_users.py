from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Tells whose answers to surveys a user may read."""

    _inherit = "res.users"

    def _value_answers(self):
        """Return the domain of answers, and of responses, that the user may read.

        Nobody reads single ones of staff: a list filtered to one day or one answer
        would show one person. Those of colleagues stay private even where a survey was
        not marked as one for staff, and those of a survey with few readers stay theirs.
        """
        of_customers = Domain("audience", "!=", "staff")
        if self.has_group("crm_value.group_manager"):
            return list(of_customers)
        readers = Domain("survey_id.restrict_user_ids", "in", [False, self.id])
        return list(of_customers & Domain("origin", "!=", "internal") & readers)
