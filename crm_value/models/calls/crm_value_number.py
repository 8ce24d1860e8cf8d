from odoo import api, fields, models
from odoo.tools import SQL


class CrmValueNumber(models.Model):
    """Whom a number was last said to belong to, where a call alone does not tell.

    Several contacts share a number, or nobody has it: what an agent chose holds for the
    next call.
    """

    _name = "crm.value.number"
    _description = "Remembered Number"
    _is_result = True
    _order = "last_date DESC, id DESC"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    number = fields.Char(string="Phone Number", required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Said By", ondelete="set null")
    last_date = fields.Datetime(string="Last Said", required=True)
    count = fields.Integer(string="Times Said", aggregator=None)

    _once = models.UniqueIndex("(company_id, number)")

    @api.model
    def _learn(self, company, number, partner, user):
        """Remember whose a number is; another choice begins to count anew."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_value_number AS known
                            (company_id, number, partner_id, user_id, last_date, count)
                     VALUES (%s, %s, %s, %s, %s, 1)
                ON CONFLICT (company_id, number) DO UPDATE
                        SET partner_id = EXCLUDED.partner_id,
                            user_id = EXCLUDED.user_id,
                            last_date = EXCLUDED.last_date,
                            count = CASE WHEN known.partner_id = EXCLUDED.partner_id
                                         THEN known.count + 1 ELSE 1 END
                  RETURNING id
                """,
                company.id,
                number,
                partner.id,
                user.id,
                fields.Datetime.now(),
            )
        )
        self.invalidate_model()
