-- A company of any size, made by SQL: %(customers)s customers with %(invoices)s posted
-- invoices and credit notes over three years. Heavy-tailed in number and amount, numbered
-- by day like real documents, deterministic (setseed). A step is what ends in a semicolon;
-- its first comment is its title.

-- The ground every document stands on
CREATE TEMP TABLE ground AS
SELECT company.id AS company, company.currency_id AS currency, CURRENT_DATE AS today,
       (SELECT MIN(id) FROM res_currency WHERE id <> company.currency_id) AS abroad,
       (SELECT MIN(id) FROM account_journal
         WHERE company_id = company.id AND type = 'sale') AS sales,
       (SELECT MIN(id) FROM account_journal
         WHERE company_id = company.id AND type = 'bank') AS bank,
       (SELECT default_account_id FROM account_journal
         WHERE company_id = company.id AND type = 'bank' ORDER BY id LIMIT 1) AS cash,
       (SELECT default_account_id FROM account_journal
         WHERE company_id = company.id AND type = 'sale' ORDER BY id LIMIT 1) AS income,
       (SELECT MIN(account.id) FROM account_account account
          JOIN account_account_res_company_rel rel ON rel.account_account_id = account.id
         WHERE account.account_type = 'asset_receivable'
           AND rel.res_company_id = company.id) AS receivable,
       (SELECT MIN(id) FROM uom_uom) AS unit,
       (SELECT MIN(id) FROM helpdesk_ticket_stage) AS stage,
       (SELECT COALESCE(MAX(id), 0) FROM res_partner) AS partner0,
       (SELECT COALESCE(MAX(id), 0) FROM product_template) AS template0,
       (SELECT COALESCE(MAX(id), 0) FROM product_product) AS product0,
       (SELECT COALESCE(MAX(id), 0) FROM account_move) AS move0,
       (SELECT COALESCE(MAX(id), 0) FROM account_move_line) AS line0,
       (SELECT COALESCE(MAX(id), 0) FROM sale_order) AS order0,
       (SELECT COALESCE(MAX(id), 0) FROM sale_order_line) AS order_line0,
       (SELECT COALESCE(MAX(id), 0) FROM survey_user_input) AS answer0
  FROM res_company company
 WHERE company.id = %(company)s;

-- Customers: Pareto-distributed number of documents, a first day and a last day
CREATE TEMP TABLE customer AS
WITH drawn AS (
    SELECT n, LEAST((1 - random()) ^ (-1 / 1.16), 500) AS weight,
           floor(1095 * random() ^ 2)::int AS age0, random() AS stays
      FROM generate_series(1, %(customers)s) n
), quota AS (
    SELECT *, 1 + floor((%(invoices)s - %(customers)s) * weight / SUM(weight) OVER ())::int
               AS documents
      FROM drawn
)
SELECT n, partner0 + n AS id,
       CASE WHEN n %% 10 < 3
            THEN partner0 + %(customers)s + n / 10 * 3 + n %% 10 + 1 END AS contact,
       documents + (n <= %(invoices)s - SUM(documents) OVER ())::int AS documents,
       1095 - age0 AS age,
       CASE WHEN stays < 0.6 THEN 0 ELSE floor((1095 - age0) * random())::int END AS gone
  FROM quota, ground;

-- Partners: companies, and a contact below three in ten
INSERT INTO res_partner (id, name, complete_name, is_company, active, type, autopost_bills,
                         parent_id, commercial_partner_id, customer_rank, lang,
                         create_date, write_date)
SELECT id, 'Customer ' || n, 'Customer ' || n, TRUE, TRUE, 'contact', 'ask',
       NULL, id, 1, 'en_US', now(), now()
  FROM customer
 UNION ALL
SELECT contact, 'Contact ' || n, 'Customer ' || n || ', Contact ' || n, FALSE, TRUE,
       'contact', 'ask', id, id, 0, 'en_US', now(), now()
  FROM customer
 WHERE contact IS NOT NULL;

-- Products, half of them with a cost
INSERT INTO product_template (id, name, type, service_tracking, uom_id, list_price,
                              categ_id, active, sale_ok)
SELECT template0 + n, jsonb_build_object('en_US', 'Product ' || n), 'consu', 'no', unit,
       n, NULL, TRUE, TRUE
  FROM ground, generate_series(1, 500) n;

INSERT INTO product_product (id, product_tmpl_id, standard_price, active)
SELECT product0 + n, template0 + n,
       CASE WHEN n %% 2 = 0 THEN jsonb_build_object(company::text, 5 + n %% 20) END, TRUE
  FROM ground, generate_series(1, 500) n;

-- Documents, in the order of their days
CREATE TEMP TABLE document AS
WITH drawn AS (
    SELECT customer.*, gone + floor((age - gone + 1) * random())::int AS ago,
           round((20 * LEAST((1 - random()) ^ (-1 / 1.5), 2000))::numeric, 2) AS amount,
           random() < 0.04 AS refund, random() AS luck
      FROM customer, generate_series(1, documents)
), numbered AS (
    SELECT row_number() OVER (ORDER BY ago DESC, luck) AS n, drawn.n AS customer, id, contact,
           today - ago AS day, amount, refund, random() AS money, random() AS taxed,
           random() AS second, random() AS paid, random() AS late, random() AS place
      FROM drawn, ground
), chained AS (
    SELECT *, LAG(n) OVER journal AS before, LAG(refund) OVER journal AS before_refund,
           LAG(amount) OVER journal AS before_amount
      FROM numbered
    WINDOW journal AS (PARTITION BY customer ORDER BY n)
)
SELECT chained.n, move0 + chained.n AS id, customer, id AS partner,
       CASE WHEN place < 0.5 THEN COALESCE(contact, id) ELSE id END AS addressee,
       day, refund, origin.n AS origin, net.amount,
       CASE WHEN taxed < 0.4 THEN round(net.amount * 0.2, 2) ELSE 0 END AS tax,
       CASE WHEN money < 0.05 THEN 1.25 ELSE 1 END AS rate,
       1 + (second < 0.3)::int AS lines, NOT refund AND paid < 0.8 AS paid,
       floor(75 * late ^ 2)::int - 5 AS late
  FROM chained
 CROSS JOIN ground
 CROSS JOIN LATERAL (
       SELECT CASE WHEN refund AND NOT before_refund AND place < 0.7 THEN before END AS n
       ) origin
 CROSS JOIN LATERAL (
       SELECT CASE WHEN origin.n IS NULL THEN chained.amount
                   WHEN place < 0.2 THEN before_amount
                   ELSE round(before_amount / 3, 2) END AS amount
       ) net
 ORDER BY chained.n;

CREATE INDEX ON document (n);

-- Invoices and credit notes
INSERT INTO account_move (id, name, move_type, state, auto_post, journal_id, company_id,
                          currency_id, partner_id, commercial_partner_id, date,
                          invoice_date, invoice_date_due, reversed_entry_id,
                          amount_untaxed, amount_tax, amount_total,
                          amount_untaxed_signed, amount_tax_signed, amount_total_signed,
                          amount_residual, payment_state, invoice_currency_rate,
                          sequence_prefix, sequence_number, checked, posted_before,
                          create_date, write_date)
SELECT id, 'BENCH/' || n, CASE WHEN refund THEN 'out_refund' ELSE 'out_invoice' END,
       'posted', 'no', sales, company,
       CASE WHEN rate = 1 THEN currency ELSE abroad END, addressee, partner, day,
       day, day + 30, move0 + origin,
       amount * rate, tax * rate, (amount + tax) * rate,
       amount * sign, tax * sign, (amount + tax) * sign,
       CASE WHEN paid THEN 0 ELSE (amount + tax) * rate END,
       CASE WHEN paid THEN 'paid' ELSE 'not_paid' END, rate,
       'BENCH/', n, TRUE, TRUE, day, day
  FROM document
 CROSS JOIN ground
 CROSS JOIN LATERAL (SELECT CASE WHEN refund THEN -1 ELSE 1 END AS sign) kind
 ORDER BY n;

-- What was sold: two in five without a product, one in ten linked to an order
CREATE TEMP TABLE item AS
SELECT drawn.*,
       round(drawn.amount / lines, 2)
           + CASE k WHEN 1 THEN drawn.amount - lines * round(drawn.amount / lines, 2)
                    ELSE 0 END AS net,
       CASE WHEN random() < 0.6
            THEN product0 + 1 + floor(500 * random() ^ 2)::int END AS product,
       1 + floor(5 * random() ^ 3)::int AS quantity,
       CASE WHEN random() < 0.2 THEN 5 * (1 + floor(4 * random())) ELSE 0 END AS discount,
       random() < 1 / 6.0 AS linked
  FROM ground,
       (SELECT * FROM document, generate_series(1, lines) k) drawn;

-- Journal items: those of a document beside each other, as Odoo writes them
CREATE TEMP TABLE entry AS
SELECT row_number() OVER (ORDER BY n, type, part) AS e, *
  FROM (
       SELECT n, 'product' AS type, k AS part, -net AS balance, product, quantity, discount,
              linked AND product IS NOT NULL AND NOT refund AS linked
         FROM item
        UNION ALL
       SELECT n, 'tax', 0, -tax, NULL, 1, 0, FALSE FROM document WHERE tax > 0
        UNION ALL
       SELECT n, 'payment_term', 0, amount + tax, NULL, 1, 0, FALSE FROM document
       ) parts;

CREATE INDEX ON entry (n) WHERE type = 'payment_term';

CREATE TEMP TABLE size AS SELECT MAX(e) AS entries, %(invoices)s AS documents FROM entry;

ANALYZE;

-- Journal items, in that order: the hash join keeps it
INSERT INTO account_move_line (id, move_id, display_type, move_name, parent_state, name,
                               journal_id, company_id, company_currency_id, account_id,
                               currency_id, partner_id, product_id, product_uom_id, date,
                               invoice_date, date_maturity, quantity, discount, price_unit,
                               price_subtotal, price_total, balance, debit, credit,
                               amount_currency, amount_residual, reconciled, sequence,
                               create_date, write_date)
SELECT line0 + e, id, type, 'BENCH/' || n, 'posted', type || ' ' || e,
       sales, company, currency,
       CASE type WHEN 'payment_term' THEN receivable ELSE income END,
       CASE WHEN rate = 1 THEN currency ELSE abroad END, partner, product,
       CASE type WHEN 'product' THEN unit END, day, day,
       CASE type WHEN 'payment_term' THEN day + 30 END, quantity, discount,
       round(ABS(entry.balance) * rate / quantity, 2), ABS(entry.balance) * rate,
       ABS(entry.balance) * rate, signed.balance, GREATEST(signed.balance, 0),
       GREATEST(-signed.balance, 0), signed.balance * rate,
       CASE WHEN paid OR type <> 'payment_term' THEN 0 ELSE signed.balance END,
       paid, 10, day, day
  FROM entry
  JOIN document USING (n)
 CROSS JOIN ground
 CROSS JOIN LATERAL (
       SELECT CASE WHEN refund THEN -entry.balance ELSE entry.balance END AS balance
       ) signed;

-- Payments: one a customer, matched with the invoices it pays
CREATE TEMP TABLE settled AS
SELECT document.customer, document.n, document.paid, back.n AS refund,
       document.day + 30 + document.late AS day, back.day AS refund_day,
       document.amount + document.tax AS total,
       CASE WHEN back.n IS NOT NULL
            THEN LEAST(back.amount + back.tax, document.amount + document.tax) END AS credited
  FROM document
  LEFT JOIN document back ON back.origin = document.n
 WHERE document.paid OR back.n IS NOT NULL;

INSERT INTO account_move (id, name, move_type, state, auto_post, journal_id, company_id,
                          currency_id, partner_id, commercial_partner_id, date,
                          sequence_prefix, sequence_number, checked, posted_before,
                          create_date, write_date)
SELECT move0 + size.documents + customer.n, 'PAY/' || customer.n, 'entry', 'posted', 'no', bank,
       company, currency, customer.id, customer.id, today, 'PAY/', customer.n, TRUE, TRUE,
       today, today
  FROM customer, ground, size;

INSERT INTO account_move_line (id, move_id, display_type, move_name, parent_state, name,
                               journal_id, company_id, company_currency_id, account_id,
                               currency_id, partner_id, date, balance, debit, credit,
                               amount_currency, amount_residual, create_date, write_date)
SELECT line0 + entries + half.at * %(customers)s + customer.n,
       move0 + size.documents + customer.n, 'product', 'PAY/' || customer.n, 'posted',
       'Payment', bank, company, currency,
       CASE half.at WHEN 0 THEN receivable ELSE cash END, currency, customer.id, today,
       half.sign * paid.total, GREATEST(half.sign * paid.total, 0),
       GREATEST(-half.sign * paid.total, 0), half.sign * paid.total, 0, today, today
  FROM customer
  LEFT JOIN (
       SELECT customer AS n, SUM(total - COALESCE(credited, 0)) AS total
         FROM settled WHERE paid GROUP BY customer
       ) sums USING (n)
 CROSS JOIN LATERAL (SELECT COALESCE(sums.total, 0) AS total) paid
 CROSS JOIN ground
 CROSS JOIN size
 CROSS JOIN (VALUES (0, -1), (1, 1)) half (at, sign);

INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, company_id,
                                       debit_currency_id, credit_currency_id, amount,
                                       debit_amount_currency, credit_amount_currency,
                                       max_date, create_date, write_date)
SELECT line0 + due.e, part.payer, company, currency, currency, part.amount,
       part.amount, part.amount, LEAST(part.day, today), now(), now()
  FROM settled
  JOIN entry due ON due.n = settled.n AND due.type = 'payment_term'
  LEFT JOIN entry back ON back.n = settled.refund AND back.type = 'payment_term'
 CROSS JOIN ground
 CROSS JOIN size
 CROSS JOIN LATERAL (
       SELECT line0 + entries + customer AS payer,
              total - COALESCE(credited, 0) AS amount, settled.day AS day WHERE paid
        UNION ALL
       SELECT line0 + back.e, credited, refund_day WHERE refund IS NOT NULL
       ) part
 WHERE part.amount > 0;

-- Orders: those behind linked invoice lines, and cancelled ones
CREATE TEMP TABLE ordered AS
SELECT row_number() OVER (ORDER BY e) AS o, e, -entry.balance AS net, product, quantity,
       discount, partner, addressee, day
  FROM entry
  JOIN document USING (n)
 WHERE linked;

INSERT INTO sale_order (id, name, state, company_id, currency_id, currency_rate,
                        partner_id, partner_invoice_id, partner_shipping_id, date_order,
                        amount_untaxed, amount_total, create_date, write_date)
SELECT order0 + o, 'BENCH' || o, CASE WHEN o %% 12 = 0 THEN 'cancel' ELSE 'sale' END,
       company, currency, 1, addressee, partner, partner, day, net, net, day, day
  FROM ordered, ground;

INSERT INTO sale_order_line (id, order_id, name, state, company_id, currency_id,
                             order_partner_id, product_id, product_uom_id, product_uom_qty,
                             price_unit, price_subtotal, price_total, discount,
                             purchase_price, customer_lead, is_downpayment,
                             create_date, write_date)
SELECT order_line0 + o, order0 + o, 'Item', 'sale', company, currency, partner, product,
       unit, quantity, round(net / quantity, 2), net, net, discount,
       round(net / quantity * 0.7, 2), 0, FALSE, day, day
  FROM ordered, ground;

INSERT INTO sale_order_line_invoice_rel (order_line_id, invoice_line_id)
SELECT order_line0 + o, line0 + e FROM ordered, ground;

-- Tickets: one for each twenty documents
INSERT INTO helpdesk_ticket (number, name, description, company_id, partner_id,
                             commercial_partner_id, stage_id, active, create_date,
                             closed_date, write_date)
SELECT 'BENCH' || n, 'Ticket', 'Ticket', company, addressee, partner, stage, TRUE, day,
       day + (late + 6) * interval '3 hours', day
  FROM document, ground
 WHERE n %% 20 = 0;

-- Opportunities of every eighth customer, half of them open, and a quotation of some
INSERT INTO crm_lead (name, type, company_id, partner_id, active, stage_id, priority,
                      expected_revenue, probability, won_status, date_deadline,
                      create_date, write_date)
SELECT 'Opportunity ' || n, 'opportunity', company, drawn.id, state <> 'lost', stage.id, '1',
       round(100 + 2000 * luck, 2), CASE state WHEN 'won' THEN 100 WHEN 'lost' THEN 0
                                            ELSE 10 + 60 * luck END,
       state, today + 40, today - floor(age * luck)::int, today
  FROM (SELECT *, random()::numeric AS luck,
               (ARRAY ['pending', 'pending', 'won', 'lost'])[1 + n / 8 %% 4] AS state
          FROM customer WHERE n %% 8 = 0) drawn
 CROSS JOIN ground
 CROSS JOIN LATERAL (
       SELECT MIN(id) AS id FROM crm_stage
        WHERE COALESCE(is_won, FALSE) = (state = 'won')) stage;

INSERT INTO sale_order (id, name, state, company_id, currency_id, currency_rate,
                        partner_id, partner_invoice_id, partner_shipping_id, date_order,
                        validity_date, amount_untaxed, amount_total, create_date,
                        write_date)
SELECT order0 + (SELECT COUNT(*) FROM ordered) + row_number() OVER (ORDER BY n),
       'OFFER' || n, 'sent', company, currency, 1, id, id, id, today - n %% 30, today + 30,
       100 + n %% 900, 100 + n %% 900, today - n %% 30, today
  FROM customer, ground
 WHERE n %% 20 = 0;

-- Survey answers: every fifth customer gives two or three
CREATE TEMP TABLE participation AS
WITH asked AS (
    SELECT ARRAY_AGG(DISTINCT survey.id ORDER BY survey.id) AS surveys
      FROM survey_survey survey
      JOIN survey_question question ON question.survey_id = survey.id
     WHERE survey.value_audience = 'customer' AND question.question_type = 'scale'
       AND question.value_role IS NOT NULL
)
SELECT answer0 + row_number() OVER (ORDER BY n, turn) AS id, customer.id AS partner,
       surveys[1 + floor(CARDINALITY(surveys) * random())::int] AS survey,
       today - floor(age * random() ^ 2)::int AS day, random() AS mood, company
  FROM customer
 CROSS JOIN ground
 CROSS JOIN asked
 CROSS JOIN LATERAL generate_series(1, 2 + n %% 2) turn
 WHERE n %% 5 = 0;

INSERT INTO survey_user_input (id, survey_id, access_token, state, test_entry, partner_id,
                               value_company_id, start_datetime, end_datetime,
                               create_date, write_date)
SELECT id, survey, 'bench-' || id, 'done', FALSE, partner, company, day, day, day, day
  FROM participation;

INSERT INTO survey_user_input_line (user_input_id, survey_id, question_id, skipped,
                                    answer_type, value_scale, create_date, write_date)
SELECT participation.id, survey, question.id, FALSE, 'scale',
       scale_min + round((scale_max - scale_min) * (mood + random()) / 2), day, day
  FROM participation
  JOIN survey_question question ON question.survey_id = survey
 WHERE question.question_type = 'scale' AND question.value_role IS NOT NULL;

-- Sequences behind the last ids
SELECT setval(pg_get_serial_sequence(name, 'id'), last)
  FROM (SELECT 'res_partner' AS name, MAX(id) AS last FROM res_partner
         UNION ALL SELECT 'product_template', MAX(id) FROM product_template
         UNION ALL SELECT 'product_product', MAX(id) FROM product_product
         UNION ALL SELECT 'account_move', MAX(id) FROM account_move
         UNION ALL SELECT 'account_move_line', MAX(id) FROM account_move_line
         UNION ALL SELECT 'sale_order', MAX(id) FROM sale_order
         UNION ALL SELECT 'sale_order_line', MAX(id) FROM sale_order_line
         UNION ALL SELECT 'survey_user_input', MAX(id) FROM survey_user_input) tables;
