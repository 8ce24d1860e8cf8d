def migrate(cr, version):
    """Store the salesperson of each customer in one statement, not one by one."""
    cr.execute("ALTER TABLE crm_value_profile ADD COLUMN IF NOT EXISTS user_id int4")
    cr.execute(
        """
        UPDATE crm_value_profile profile
           SET user_id = partner.user_id
          FROM res_partner partner
         WHERE partner.id = profile.partner_id
           AND partner.user_id IS DISTINCT FROM profile.user_id
        """
    )
