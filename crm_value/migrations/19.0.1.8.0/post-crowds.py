def migrate(cr, version):
    """Mark the contacts of imported lines without a customer: they are many people."""
    cr.execute(
        """
        UPDATE res_partner partner
           SET value_is_crowd = TRUE
          FROM crm_value_import import
         WHERE import.walk_in_id = partner.id AND import.state = 'done'
        """
    )
