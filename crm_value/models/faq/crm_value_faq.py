from contextlib import suppress

import psycopg2

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ...fields import NullableFloat
from ..service.crm_value_ticketing import CATEGORY, TICKET


class CrmValueFaq(models.Model):
    """A question that is asked often, with its answer for the service desk.

    It is suggested on tickets that read alike, put into the reply by a click, and
    judged by the tickets it was used on.
    """

    _name = "crm.value.faq"
    _inherit = ["crm.value.guarded"]
    _description = "Frequent Question"
    _order = "use_count DESC, id"
    _rec_name = "question"

    question = fields.Char(required=True)
    answer = fields.Html(required=True)
    category_ids = fields.Many2many(
        CATEGORY,
        string="Categories",
        help="On tickets of these categories it is suggested first.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    words = fields.Text(compute="_compute_words", store=True, index="trigram")
    use_ids = fields.One2many("crm.value.faq.use", "faq_id", groups="base.group_system")
    use_count = fields.Integer(
        string="Used",
        compute="_compute_use_count",
        store=True,
        aggregator="sum",
        help="Tickets that were replied to with it.",
    )
    unhelpful_count = fields.Integer(
        string="Unhelpful",
        compute="_compute_use_count",
        store=True,
        help="Of these tickets, those where somebody said so, or that were reopened.",
    )
    unhelpful_share = NullableFloat(
        string="Unhelpful (%)",
        compute="_compute_use_count",
        store=True,
        aggregator="avg",
    )

    def _auto_init(self):
        """Have PostgreSQL's comparison of words, as in databases that Odoo creates.

        Whoever owns the database may have it; else words are compared as equal or not.
        """
        if not self.pool.has_trigram:
            with suppress(psycopg2.Error), self.env.cr.savepoint(flush=False):
                self.env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                self.pool.has_trigram = True
        return super()._auto_init()

    @api.depends("question", "answer")
    def _compute_words(self):
        for faq in self:
            text = f"{faq.question or ''} {html2plaintext(faq.answer or '')}"
            faq.words = self._set_apart(text)

    @api.depends("use_ids.is_unhelpful")
    def _compute_use_count(self):
        for faq in self:
            uses = faq.use_ids
            faq.use_count = len(uses)
            faq.unhelpful_count = len(uses.filtered("is_unhelpful"))
            faq.unhelpful_share = (
                100 * faq.unhelpful_count / faq.use_count if uses else None
            )

    def action_open_tickets(self):
        """Open the tickets it was used on, of those that the user may read."""
        self.ensure_one()
        self.check_access("read")
        used_on = self.sudo().use_ids.ticket_id  # the list asks the rules of tickets
        return {
            "type": "ir.actions.act_window",
            "name": self.question,
            "res_model": TICKET,
            "view_mode": "list,form",
            "domain": [("id", "in", used_on.ids)],
        }
