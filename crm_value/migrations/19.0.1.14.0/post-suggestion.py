"""What was bought counts for one suggestion: those whose time overlaps count anew.

The nightly job finds out again what was bought of each, for the last one before it.
"""

OVERLAP = """
    UPDATE crm_value_offer offer SET is_settled = FALSE
     WHERE is_settled AND EXISTS (
           SELECT FROM crm_value_offer later
            WHERE later.company_id = offer.company_id
              AND later.partner_id = offer.partner_id
              AND later.product_id = offer.product_id
              AND later.date > offer.date AND later.date <= offer.date + 90)
"""


def migrate(cr, version):
    """Have them settled again."""
    cr.execute(OVERLAP)
