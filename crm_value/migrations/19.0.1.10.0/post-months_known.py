def migrate(cr, version):
    """Say of stored months which month ends were known; what they tell stays."""
    cr.execute(
        """
        UPDATE crm_value_month_fact fact
           SET is_followed = split_part(month.told_by, ' ', 2) <> 'None',
               is_ended = split_part(month.told_by, ' ', 2) <> 'None'
                          AND split_part(month.told_by, ' ', 3) <> 'None'
          FROM crm_value_month month
         WHERE month.company_id = fact.company_id AND month.date = fact.month
        """
    )
