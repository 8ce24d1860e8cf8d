"""Labels that are called otherwise now: column, fields, the Chinese of before."""

LABELS = [
    ("field_description", "field_crm_value_approval__discount", "最大折扣 (%)"),
    ("field_description", "field_crm_value_lead_double__sign", "同一位"),
    ("field_description", "field_helpdesk_ticket_team__value_calendar_id", "工作时间"),
    ("field_description", "field_crm_value_%double__value", "即"),
    (
        "help",
        "field_crm_value_%__risk_level",
        "高：达到或超过评估方案的限值；中：达到或超过限值的一半。",
    ),
]
FORGET = """
    UPDATE ir_model_fields field
       SET {column} = field.{column} - 'zh_CN'
      FROM ir_model_data data
     WHERE data.module = 'crm_value' AND data.model = 'ir.model.fields'
       AND data.res_id = field.id AND data.name LIKE %(name)s
       AND field.{column} ->> 'zh_CN' = %(before)s
"""


def migrate(cr, version):
    """Let them find their new Chinese: Odoo loads it where there is none."""
    for column, name, before in LABELS:
        cr.execute(FORGET.format(column=column), {"name": name, "before": before})
