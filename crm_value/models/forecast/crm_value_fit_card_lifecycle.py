from odoo import models


class CrmValueFit(models.Model):
    """Model card: how often it was wrong about who is gone."""

    _inherit = "crm.value.fit"

    def _card_lifecycle(self):
        """Return what became of customers called lost or in decline, as rows.

        A share that was not measured has no row.
        """
        found = self.card.get("lifecycle") or {}
        rows = [
            (code, label, self._card_percent(found[code]), "")
            for code, label in self._lifecycle_labels().items()
            if found.get(code) is not None
        ]
        return self._card_rows(rows)

    def _lifecycle_labels(self):
        return {
            "lost_back_90": self.env._("Lost, and bought within 90 days"),
            "lost_back_365": self.env._("Lost, and bought within a year"),
            "decline_back_90": self.env._("In decline, and bought within 90 days"),
            "decline_back_365": self.env._("In decline, and bought within a year"),
        }
