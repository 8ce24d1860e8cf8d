-- The bare read: one aggregate per source over the rows that a full run reads, one result
-- row a customer, nothing else: no days, no gaps, no distinct products, no windows.

-- Invoices, with what their cost is known from
SELECT customer.commercial_partner_id AS partner,
       COUNT(*) AS lines, MIN(move.invoice_date) AS first, MAX(move.invoice_date) AS last,
       SUM(-line.balance) AS amount,
       SUM(line.quantity * COALESCE(
               sold.purchase_price / sale_order.currency_rate,
               (product.standard_price ->> %(company)s::text)::float8
           ) * line_uom.factor / product_uom.factor) AS cost
  FROM account_move move
  JOIN res_partner customer ON customer.id = move.partner_id
  JOIN account_move_line line ON line.move_id = move.id AND line.display_type = 'product'
  LEFT JOIN account_move origin ON origin.id = move.reversed_entry_id
  LEFT JOIN product_product product ON product.id = line.product_id
  LEFT JOIN product_template template ON template.id = product.product_tmpl_id
  LEFT JOIN uom_uom line_uom ON line_uom.id = line.product_uom_id
  LEFT JOIN uom_uom product_uom ON product_uom.id = template.uom_id
  LEFT JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = line.id
  LEFT JOIN sale_order_line sold ON sold.id = link.order_line_id
  LEFT JOIN sale_order ON sale_order.id = sold.order_id
 WHERE move.company_id = %(company)s
   AND move.move_type IN ('out_invoice', 'out_refund')
   AND move.state = 'posted'
   AND move.invoice_date <= %(as_of)s
 GROUP BY customer.commercial_partner_id;

-- What was due, and what was paid of it
SELECT customer.commercial_partner_id AS partner, SUM(line.balance) AS due,
       SUM(part.amount) FILTER (WHERE refund.id IS NULL) AS paid,
       SUM(part.amount * GREATEST(part.max_date - line.date_maturity, 0))
           FILTER (WHERE refund.id IS NULL) AS late
  FROM account_move move
  JOIN res_partner customer ON customer.id = move.partner_id
  JOIN account_move_line line ON line.move_id = move.id
       AND line.display_type = 'payment_term'
  LEFT JOIN account_partial_reconcile part ON part.debit_move_id = line.id
  LEFT JOIN (account_move_line credit
       JOIN account_move refund ON refund.id = credit.move_id
            AND refund.move_type = 'out_refund') ON credit.id = part.credit_move_id
 WHERE move.company_id = %(company)s
   AND move.move_type = 'out_invoice'
   AND move.state = 'posted'
   AND move.invoice_date <= %(as_of)s
 GROUP BY customer.commercial_partner_id;

-- Orders
SELECT customer.commercial_partner_id AS partner, sale_order.state, COUNT(*)
  FROM sale_order
  JOIN res_partner customer ON customer.id = sale_order.partner_id
 WHERE sale_order.company_id = %(company)s AND sale_order.state IN ('sale', 'cancel')
 GROUP BY customer.commercial_partner_id, sale_order.state;

-- Tickets
SELECT customer.commercial_partner_id AS partner, COUNT(*),
       AVG(ticket.closed_date - ticket.create_date)
  FROM helpdesk_ticket ticket
  JOIN res_partner customer ON customer.id = ticket.partner_id
 WHERE ticket.company_id = %(company)s
 GROUP BY customer.commercial_partner_id;

-- Imported purchases
SELECT customer.commercial_partner_id AS partner, SUM(purchase.amount)
  FROM crm_value_transaction purchase
  JOIN res_partner customer ON customer.id = purchase.partner_id
 WHERE purchase.company_id = %(company)s
 GROUP BY customer.commercial_partner_id;
