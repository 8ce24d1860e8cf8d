from odoo import fields, models, tools


class ResUsers(models.Model):
    """Each reader's own switch of the monthly letter."""

    _inherit = "res.users"

    value_letter = fields.Boolean(
        string="Monthly Customer Letter",
        default=True,
        help="Receive the monthly letter on customer value where a company sends it.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "value_letter"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "value_letter"]

    def _value_letter_token(self):
        """Return the secret that stops the letter without a login."""
        self.ensure_one()
        return tools.hmac(self.env(su=True), "crm-value-letter-stop", self.id)

    def _value_letter_stop_url(self):
        token = self._value_letter_token()
        return f"{self.get_base_url()}/crm_value/letter/stop/{self.id}/{token}"
