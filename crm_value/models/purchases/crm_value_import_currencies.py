from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmValueImport(models.Model):
    """Currencies that a file names and that cannot be converted yet."""

    _inherit = "crm.value.import"

    currencies_lacking = fields.Json(
        readonly=True,
        copy=False,
        help="Codes of currencies that have no rate at all, or are not active.",
    )
    rate_question = fields.Char(compute="_compute_rate_question")

    @api.depends("currencies_lacking")
    def _compute_rate_question(self):
        for record in self:
            codes = [currency.name for currency in record._currencies_lacking()]
            record.rate_question = record._say_lacking(codes) if codes else False

    def _say_lacking(self, codes):
        return self.env._(
            "Not active, or without a rate: %(currencies)s. Enter the rates, then "
            "check the file again.",
            currencies=", ".join(codes),
        )

    def _currencies_lacking(self):
        """Return the currencies to enter a rate for, or to switch on."""
        domain = [("name", "in", self.currencies_lacking or [])]
        return self.env["res.currency"].with_context(active_test=False).search(domain)

    def _note_lacking(self, parser):
        """Note which currencies the rows read so far name in vain."""
        before = set(self.currencies_lacking or [])
        if parser.rates.lacking - before:
            lacking = sorted(before | parser.rates.lacking)
            self._note({"currencies_lacking": lacking})

    def action_enter_rates(self):
        """Open the currencies that lack a rate, where rates are entered."""
        self.ensure_one()
        self.check_access("write")
        currencies = self._currencies_lacking()
        if not currencies:
            raise UserError(self.env._("No currency of this file lacks a rate."))
        return currencies._get_records_action(
            name=self.env._("Currencies and Their Rates"),
            context={"active_test": False},
        )
