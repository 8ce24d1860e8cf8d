from odoo import api, fields, models
from odoo.tools import formatLang


class CrmValueProfile(models.Model):
    """What a glance at a customer shows, sign by sign, read in one go for a list.

    Each capability adds its own in ``_signs()``. Documents show those that have a text
    as a strip; those that have a tone are what is going wrong with the customer.
    """

    _inherit = "crm.value.profile"

    signs = fields.Json(string="Customer at a Glance", compute="_compute_signs")

    @api.depends_context("uid", "lang")
    def _compute_signs(self):
        signs = self._signs()
        for profile in self:
            profile.signs = sorted(signs[profile], key=lambda sign: sign["order"])

    def _signs(self):
        """Return {profile: signs}, for all of them in a few queries, without money.

        A sign is a dict as ``_sign()`` returns it.
        """
        return {profile: profile._class_signs() for profile in self}

    @api.model
    def _sign(self, order, code, label, text, sentence="", tone="", **more):
        """Return one sign.

        :param order: its place in the strip
        :param text: short, "" if the strip does not show it
        :param sentence: the same said in full
        :param tone: "warning" or "danger" if something is wrong, else ""
        """
        return {
            "order": order,
            "code": code,
            "label": label,
            "text": text,
            "sentence": sentence,
            "tone": tone,
            **more,
        }

    def _class_signs(self):
        """Return the quadrant with the score, and the Pareto class."""
        signs = []
        if self.quadrant:
            score = formatLang(self.env, self.value_score or 0.0, digits=1)
            label = self._chart_labels("quadrant")[self.quadrant]
            signs.append(
                self._sign(
                    10,
                    "quadrant",
                    self.env._("Quadrant"),
                    label if self.value_score is False else f"{label} {score}",
                    quadrant=self.quadrant,
                )
            )
        if self.pareto_class:
            label = self._chart_labels("pareto_class")[self.pareto_class]
            signs.append(self._sign(11, "pareto", self.env._("Class"), label))
        return signs
