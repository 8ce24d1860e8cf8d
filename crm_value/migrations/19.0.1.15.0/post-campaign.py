"""The job of control groups runs where the strategy is in use."""

JOB = """
    UPDATE ir_cron job SET active = campaign.active
      FROM ir_cron campaign, ir_model_data one, ir_model_data other
     WHERE one.module = 'crm_value' AND one.name = 'ir_cron_holdout'
       AND other.module = 'crm_value' AND other.name = 'ir_cron_campaign'
       AND job.id = one.res_id AND campaign.id = other.res_id
"""


def migrate(cr, version):
    """Let it be as active as the job of campaigns, which has the same switch."""
    cr.execute(JOB)
