from odoo import models


class CrmValueAnswer(models.Model):
    """Answers in words, for the people who react to them."""

    _inherit = "crm.value.answer"

    def _in_words(self):
        """Return the single measures and the reason of a participation, one line."""
        told = [row._word() for row in self if row._is_single()]
        items = len(self.filtered(lambda row: row.role == "item")) - sum(
            row._is_single() for row in self if row.role == "item"
        )
        if items:
            told.append(self.env._("further answers: %(count)s", count=items))
        told += [f"“{row.text}”" for row in self if row.text]
        return "; ".join(told)

    def _is_single(self):
        """Return whether a row says by itself how satisfied somebody is."""
        return self.role in ("csat", "nps") or self._is_resolution()

    def _is_resolution(self):
        solved = self.env.ref(
            "crm_value.construct_resolution", raise_if_not_found=False
        )
        return self.role == "item" and bool(solved) and self.construct_id == solved

    def _word(self):
        if self._is_resolution():
            words = self.env._("Solved: %(value)s of %(most)s")
        elif self.role == "nps":
            words = self.env._("Recommendation %(value)s of %(most)s")
        else:
            words = self.env._("Satisfaction %(value)s of %(most)s")
        return words % {"value": f"{self.value:g}", "most": f"{self.scale_max:g}"}
