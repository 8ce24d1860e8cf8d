from odoo import api, fields, models


class CrmValueMonthPast(models.Model):
    """What a customer's address or a product's category was, before it was changed.

    So a month shows what was true at its end, whenever it is stored: also where it
    closes late, or a late document has a customer's months stored anew.
    """

    _name = "crm.value.month.past"
    _description = "Former Region or Category"
    _is_result = True
    _log_access = False
    _order = "until, id"
    _rec_name = "until"

    until = fields.Date(required=True, help="The day it was changed.")
    partner_id = fields.Many2one("res.partner", index=True, ondelete="cascade")
    country_id = fields.Many2one("res.country", ondelete="set null")
    state_id = fields.Many2one("res.country.state", ondelete="set null")
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", index=True, ondelete="cascade"
    )
    categ_id = fields.Many2one(
        "product.category", string="Product Category", ondelete="cascade"
    )

    @api.model
    def _keep(self, link, records, names):
        """Keep what ``names`` are of records that change today.

        Those of this month have no month before to be right about.

        :param link: the field that points to the records
        """
        today = fields.Date.context_today(self)
        records = records.filtered(
            lambda record: record.create_date.date() < today.replace(day=1)
        )
        self.sudo().create(  # whoever edits a contact or a product
            [
                {
                    "until": today,
                    link: record.id,
                    **{name: record[name].id for name in names},
                }
                for record in records
            ]
        )
