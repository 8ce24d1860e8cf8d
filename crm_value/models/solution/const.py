"""What is offered at a time, and which quotations are won and which are lost."""

SELLING = "crm_value.group_part_selling"
MOST = 10  # solutions that are shown
TOGETHER = 3  # templates of one solution, at most
FEWEST = 5  # quotations that are decided, below which no share is told

# By which column a need names what it is of; else it is a contact's.
OWNERS = {"crm.lead": "lead_id", "sale.order": "order_id"}

# Lost is what was cancelled, what ran out after it was sent, and what a lost lead was
# offered; the others are open.
OUTCOMES = """
    SELECT quotation.id, quotation.company_id,
           CASE WHEN quotation.state = 'sale' THEN 1
                WHEN quotation.state = 'cancel' OR lead.won_status = 'lost'
                  OR quotation.state = 'sent' AND quotation.validity_date < %(today)s
                THEN 0
           END AS won
      FROM sale_order quotation
 LEFT JOIN crm_lead lead ON lead.id = quotation.opportunity_id
"""


class Needs(dict):
    """Amounts by need, as a quotation is filled: no client can send one of these."""
