from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, Query


class CrmValueInteractionAnswer(models.AbstractModel):
    """Surveys that somebody of the customer has answered: one line a participation.

    Answers are read by the rule of answers, participations only by those who survey.
    """

    _name = "crm.value.interaction.answer"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Answers"
    _rank = 110
    _part = "satisfaction"
    _icon = "fa-commenting-o"
    _reads = "crm.value.answer"
    _opens_by = "action_open_answer"
    _when = "date"
    _by = None
    _direction = "in"
    _channel = "web"

    @api.model
    def _label(self):
        return self.env._("Answers")

    @api.model
    def _domain(self, family):
        """Find the participations by their index first: the view hides it."""
        given = self.env["survey.user_input"].sudo()  # the answers' rule decides
        theirs = given._search([("partner_id", "in", family), ("state", "=", "done")])
        from_them = Domain("user_input_id", "in", theirs)
        return super()._domain(family) & from_them & Domain("origin", "=", "customer")

    @api.model
    def _branches(self, asked):
        answers = self.env[self._reads]
        lines = answers._search(self._domain(asked.family))
        lines.groupby = SQL.identifier(lines.table, "user_input_id")
        whole = lines.select(
            *(
                SQL("MIN(%s) AS %s", SQL.identifier(lines.table, name), as_name)
                for name, as_name in self._first_of()
            )
        )
        query = Query(self.env, "participation", SQL("(%s)", whole))
        return [self._branch(query, self._columns(answers, query, asked), asked)]

    @api.model
    def _first_of(self):
        return [(n, SQL.identifier(n)) for n in ("id", self._when, self._whose)]

    @api.model
    def _title(self, record):
        return record.survey_id.sudo().title  # named to whoever may read the answer
