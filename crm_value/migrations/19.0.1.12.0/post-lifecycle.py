"""What the stage after the trial says of itself: it need not buy more."""

BEFORE = {
    "en_US": "The customer comes back and buys more; trust is being built.",
    "zh_CN": "客户反复购买且购买量增加，信任正在建立。",
}
NOW = {
    "en_US": "The customer comes back after the trial, and is not steady yet: "
    "trust is being built.",
    "zh_CN": "客户在考察期后再次购买，但尚未稳定：信任正在建立。",
}
SAY = """
    UPDATE crm_value_stage
       SET description = description || jsonb_build_object(%(lang)s, %(now)s::text)
     WHERE code = 'formation' AND description ->> %(lang)s = %(before)s
"""


def migrate(cr, version):
    """Say it anew where nobody has said it otherwise."""
    for lang, before in BEFORE.items():
        cr.execute(SAY, {"lang": lang, "before": before, "now": NOW[lang]})
