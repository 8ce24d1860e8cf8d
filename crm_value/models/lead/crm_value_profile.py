from odoo import models

from ... import words


class CrmValueProfile(models.Model):
    """The reason of a prospect says what its leads are expected to bring."""

    _inherit = "crm.value.profile"

    def _say_waiting(self, quotation):
        said = super()._say_waiting(quotation)
        if self.quotation_count or not self.open_amount:
            return said
        return self.env._(
            "%(leads)s, expected to bring %(money)s",
            leads=said,
            money=words.whole_money(self.env, self.open_amount, self.currency_id),
        )
