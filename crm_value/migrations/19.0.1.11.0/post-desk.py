from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Promise a time for the tickets that are open; the others stay as they were."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    awaiting = env.ref(
        "helpdesk_mgmt.helpdesk_ticket_stage_awaiting", raise_if_not_found=False
    )
    if awaiting:
        awaiting.value_waiting = True
    tickets = env["helpdesk.ticket"].search([("stage_id.closed", "=", False)])
    tickets.filtered("stage_id.value_waiting")._value_wait()
    tickets._value_serve(tickets.browse())
