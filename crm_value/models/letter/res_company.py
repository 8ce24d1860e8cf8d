from odoo import api, fields, models


class ResCompany(models.Model):
    """Whether a company's managers get the monthly letter, and who else does."""

    _inherit = "res.company"

    value_letter = fields.Boolean(
        string="Monthly Letter",
        groups="base.group_system",
        help="Mails the managers of Customer Value once a month, when the figures of "
        "the month end are there.",
    )
    value_letter_user_ids = fields.Many2many(
        "res.users",
        "crm_value_letter_reader_rel",
        "company_id",
        "user_id",
        string="Further Readers",
        groups="base.group_system",
        domain=[("share", "=", False)],
        help="Each reads what their own rights show: without the right to see margins, "
        "no amounts.",
    )

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        # Odoo asks for no right on a many2many that is grouped by.
        if groupby_spec.partition(":")[0] == "value_letter_user_ids":
            self._check_field_access(self._fields["value_letter_user_ids"], "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
