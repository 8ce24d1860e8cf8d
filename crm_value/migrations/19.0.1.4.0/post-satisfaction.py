from odoo import SUPERUSER_ID, Command, api


def migrate(cr, version):
    """Let new companies count satisfaction as received value.

    Published versions never change: whoever wants it adds the indicator to the next.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    indicator = env.ref("crm_value.indicator_satisfaction")
    template = env["crm.value.policy"]._template()
    if indicator not in template.line_ids.indicator_id:
        line = {"indicator_id": indicator.id, "weight": 0.5, "method": "percentile"}
        template.line_ids = [Command.create(line)]
