def migrate(cr, version):
    """Take surveys of staff out of the contact log and the list of sent mails.

    Both told who had been reminded, and so who had answered.
    """
    cr.execute(
        """
        DELETE FROM crm_value_contact contact
         USING crm_value_invitation invitation
         WHERE invitation.audience = 'staff'
           AND contact.company_id = invitation.company_id
           AND contact.source_key IN ('invitation ' || invitation.id,
                                      'invitation ' || invitation.id || ' reminder')
        """
    )
    cr.execute(
        """
        DELETE FROM mail_message message
         USING crm_value_invitation invitation
         WHERE invitation.audience = 'staff'
           AND message.model = 'crm.value.invitation'
           AND message.res_id = invitation.id
           AND NOT EXISTS (
               SELECT FROM mail_mail mail
                WHERE mail.mail_message_id = message.id AND mail.state = 'outgoing')
        """
    )
    cr.execute(
        """
        UPDATE mail_mail mail
           SET auto_delete = TRUE
          FROM mail_message message, crm_value_invitation invitation
         WHERE message.id = mail.mail_message_id
           AND message.model = 'crm.value.invitation'
           AND message.res_id = invitation.id
           AND invitation.audience = 'staff'
        """
    )
