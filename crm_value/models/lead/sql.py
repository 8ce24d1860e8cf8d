"""SQL that finds those whom a lead looks like."""

# A company's name without its legal form, spaces and punctuation.
PLAIN = r"""REGEXP_REPLACE(REGEXP_REPLACE(LOWER(COALESCE(%(name)s, '')),
    '\m(gmbh|mbh|ag|kg|ltd|limited|inc|llc|llp|corp|corporation|co|company|plc|sa|sas'
    '|sarl|srl|spa|bv|nv|ab|oy|as|aps|pty|pte)\M'
    '|(股份|责任|集团|控股)*有限(责任)?公司$|公司$|株式会社', '', 'g'),
    '[[:punct:][:space:]]', '', 'g')"""
SAME = "seen.name = asked.name"
# Only names that begin alike are compared: each with each would take too long.
LIKE = """LEFT(seen.name, 3) = LEFT(asked.name, 3)
    AND (seen.name = asked.name OR similarity(seen.name, asked.name) >= 0.6)"""

# Of two leads the younger one looks like the older. What more than twenty share, such
# as a switchboard's number, says nothing, as in Odoo's own search for duplicates.
DOUBLES = """
WITH known AS MATERIALIZED (
    SELECT lead.id,
           COALESCE(lead.company_id, seller.company_id, %(company)s) AS company,
           NULLIF(lead.email_normalized, '') AS email,
           NULLIF(lead.phone_sanitized, '') AS phone,
           NULLIF(lead.email_domain_criterion, '') AS domain,
           %(lead_name)s AS name, lead.partner_name AS written,
           contact.commercial_partner_id AS customer
      FROM crm_lead lead
 LEFT JOIN res_users seller ON seller.id = lead.user_id
 LEFT JOIN res_partner contact ON contact.id = lead.partner_id
     WHERE lead.active AND lead.won_status = 'pending'
), asked AS MATERIALIZED (
    SELECT * FROM known WHERE id = ANY(%(ids)s)
), people AS MATERIALIZED (
    SELECT partner.id, partner.company_id AS company,
           partner.commercial_partner_id AS customer,
           NULLIF(partner.email_normalized, '') AS email,
           NULLIF(partner.phone_sanitized, '') AS phone,
           partner.value_more_phones AS more,
           CASE WHEN partner.is_company THEN %(partner_name)s END AS name
      FROM res_partner partner
     WHERE partner.active
       AND partner.value_is_crowd IS NOT TRUE
       AND NOT EXISTS (SELECT FROM res_company own WHERE own.partner_id = partner.id)
), numbers AS MATERIALIZED (
    SELECT id, phone FROM people WHERE phone IS NOT NULL
     UNION ALL
    SELECT id, UNNEST(STRING_TO_ARRAY(more, ' ')) FROM people WHERE more IS NOT NULL
), found AS (
    SELECT asked.id, seen.id AS twin, NULL::int AS partner, 1 AS place,
           'email' AS sign, asked.email AS value
      FROM asked JOIN known seen ON seen.email = asked.email
     UNION ALL
    SELECT asked.id, seen.id, NULL, 2, 'phone', asked.phone
      FROM asked JOIN known seen ON seen.phone = asked.phone
     UNION ALL
    SELECT asked.id, seen.id, NULL, 3, 'name', asked.written
      FROM asked JOIN known seen ON %(named)s
     WHERE LENGTH(asked.name) >= 3
     UNION ALL
    SELECT asked.id, seen.id, NULL, 4, 'domain', asked.domain
      FROM asked JOIN known seen ON seen.domain = asked.domain
     UNION ALL
    SELECT asked.id, NULL, seen.id, 1, 'email', asked.email
      FROM asked JOIN people seen ON seen.email = asked.email
     UNION ALL
    SELECT asked.id, NULL, seen.id, 2, 'phone', asked.phone
      FROM asked JOIN numbers seen ON seen.phone = asked.phone
     UNION ALL
    SELECT asked.id, NULL, seen.id, 3, 'name', asked.written
      FROM asked JOIN people seen ON %(named)s
     WHERE LENGTH(asked.name) >= 3
), other AS (
    SELECT found.*, asked.company, GREATEST(found.id, found.twin) AS younger,
           LEAST(found.id, found.twin) AS older,
           COUNT(*) OVER (PARTITION BY found.id, sign, twin IS NULL) AS shared
      FROM found
      JOIN asked USING (id)
 LEFT JOIN known ON known.id = found.twin
 LEFT JOIN people ON people.id = found.partner
     WHERE found.twin IS DISTINCT FROM found.id
       AND (found.twin IS NULL OR known.company = asked.company)
       AND (found.partner IS NULL OR (
           people.customer IS DISTINCT FROM asked.customer
           AND (people.company IS NULL OR people.company = asked.company)))
)
INSERT INTO crm_value_lead_double
            (company_id, lead_id, older_id, partner_id, place, sign, value, state)
SELECT DISTINCT ON (younger, older, partner)
       company, younger, CASE WHEN twin IS NOT NULL THEN older END, partner, place,
       sign, value, 'open'
  FROM other
 WHERE shared <= 20
 ORDER BY younger, older, partner, place
    ON CONFLICT DO NOTHING
"""
