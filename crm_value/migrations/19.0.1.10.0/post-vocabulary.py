"""Names that came with the add-on, and what they are called now.

By model: XML id, the English it came with, the English now, the Chinese it came with,
the Chinese now.
"""

NAMES = {
    "crm_value_stage": [
        ("stage_exploration", "Exploration", "Trial", "考察期", "考察期"),
        ("stage_formation", "Formation", "Growing", "形成期", "形成期"),
        ("stage_stability", "Stability", "Steady", "稳定期", "稳定期"),
        ("stage_decline", "Decline", "Declining", "衰退期", "衰退期"),
    ],
    "crm_value_rfm_segment": [
        (
            "rfm_segment_at_risk",
            "At Risk",
            "Slipping Away",
            "流失风险客户",
            "渐行渐远的常客",
        ),
        ("rfm_segment_loyal", "Loyal", "Regulars", "忠诚客户", "常客"),
        (
            "rfm_segment_potential_loyalist",
            "Potential Loyalists",
            "Becoming Regulars",
            "潜在忠诚客户",
            "潜在常客",
        ),
        (
            "rfm_segment_promising",
            "Promising",
            "Recent Buyers",
            "潜力客户",
            "近期购买客户",
        ),
        ("rfm_segment_lost", "Lost", "Long Silent", "已流失客户", "长期沉默客户"),
    ],
    "crm_value_tier": [
        ("tier_bronze", "Bronze", "Bronze", "铜牌", "普卡"),
        ("tier_silver", "Silver", "Silver", "银牌", "银卡"),
        ("tier_gold", "Gold", "Gold", "黄金", "金卡"),
        ("tier_platinum", "Platinum", "Platinum", "铂金", "钻石卡"),
    ],
}


# Labels that are called otherwise now: table, column, XML ids, the Chinese of before.
LABELS = [
    (
        "ir_model_fields_selection",
        "name",
        "selection__%quadrant%",
        ["铅质", "铁质", "黄金", "铂金"],
    ),
    (
        "ir_model_fields",
        "field_description",
        "field_crm_value_policy_publish__platinum_%",
        ["铂金客户数", "铂金客户占比", "铂金客户说明"],
    ),
    (
        "ir_ui_menu",
        "name",
        "%menu%",
        [
            "客户",
            "闭环跟进",
            "客户生命周期",
            "月度数据",
            "处理记录",
            "导入",
            "评分记录",
            "满意度",
        ],
    ),
    ("ir_act_window", "name", "crm_value_recovery_action", ["闭环跟进"]),
]
RENAME = """
    UPDATE {table} r
       SET name = r.name || jsonb_build_object('en_US', %(english)s::text)
                || CASE WHEN r.name ->> 'zh_CN' = %(chinese_before)s
                        THEN jsonb_build_object('zh_CN', %(chinese)s::text)
                        ELSE '{{}}' END
     WHERE r.name ->> 'en_US' = %(english_before)s AND {ours}
"""
OURS = """EXISTS (SELECT FROM ir_model_data d
                 WHERE d.module = 'crm_value' AND d.name = %(xmlid)s
                   AND d.res_id = r.id AND d.model = %(model)s)"""


FORGET = """
    UPDATE {table} r
       SET {column} = r.{column} - 'zh_CN'
      FROM ir_model_data d
     WHERE d.module = 'crm_value' AND d.name LIKE %(xmlids)s AND d.res_id = r.id
       AND d.model = %(model)s AND r.{column} ->> 'zh_CN' = ANY(%(before)s)
"""
MODELS = {
    "ir_model_fields_selection": "ir.model.fields.selection",
    "ir_model_fields": "ir.model.fields",
    "ir_ui_menu": "ir.ui.menu",
    "ir_act_window": "ir.actions.act_window",
}


def migrate(cr, version):
    """Rename what nobody has named otherwise, and let labels find their new Chinese.

    Odoo loads the Chinese of a label after this, and only where there is none.
    """
    _rename_records(cr)
    for table, column, xmlids, before in LABELS:
        cr.execute(
            FORGET.format(table=table, column=column),
            {"xmlids": xmlids, "model": MODELS[table], "before": before},
        )


def _rename_records(cr):
    """Rename stages, segments and tiers.

    Each company's tiers are copies of ours, without an XML id: their names tell.
    """
    for table, names in NAMES.items():
        ours = "TRUE" if table == "crm_value_tier" else OURS
        for xmlid, english_before, english, chinese_before, chinese in names:
            cr.execute(
                RENAME.format(table=table, ours=ours),
                {
                    "xmlid": xmlid,
                    "model": table.replace("_", "."),
                    "english_before": english_before,
                    "english": english,
                    "chinese_before": chinese_before,
                    "chinese": chinese,
                },
            )
