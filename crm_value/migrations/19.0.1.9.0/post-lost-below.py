from odoo import SUPERUSER_ID, api

USUAL = 0.2
NOTE = (
    "Lost is whose chance of another purchase within a year is below the limit; it was "
    "set for another probability, of being still a customer. Here it is 20 % again: "
    "compare, and publish or change this draft."
)


def migrate(cr, version):
    """Offer the usual limit of being lost to those who changed it.

    Its meaning has changed, and no value of the one probability stands for one of the
    other. A published version never changes, so each of these companies gets a draft.
    """
    policies = api.Environment(cr, SUPERUSER_ID, {})["crm.value.policy"]
    for policy in policies.search([("state", "=", "published")]):  # one a company
        if round(policy.lost_below - USUAL, 6):
            policy.copy({"note": NOTE, "lost_below": USUAL})
