def migrate(cr, version):
    """Drop views of tickets that name fields which are called otherwise now."""
    cr.execute(
        """
        WITH gone AS (
            DELETE FROM ir_model_data
             WHERE module = 'crm_value' AND model = 'ir.ui.view'
               AND name IN ('ticket_view_form_benefit', 'ticket_view_tree_benefit',
                            'helpdesk_ticket_view_search_benefit')
         RETURNING res_id
        )
        DELETE FROM ir_ui_view WHERE id IN (SELECT res_id FROM gone)
        """
    )
