def migrate(cr, version):
    """Say what the tiers ask for, in the rules that are in force and in drafts.

    No number of a published version changes: like a new setting with its default, the
    tiers come beside what is there. A version that was superseded knows none; what it
    gave is kept in the memberships. Limits are found by the position of the tier.
    """
    cr.execute(
        """
        WITH ranked AS (
            SELECT id, company_id,
                   row_number() OVER (PARTITION BY company_id
                                          ORDER BY sequence, id) AS position
              FROM crm_value_tier WHERE active)
        INSERT INTO crm_value_policy_tier (
               policy_id, tier_id, sequence, min_value_score, min_revenue, min_margin,
               min_points, min_purchases, min_tenure_months, combine, keep_percent,
               create_uid, write_uid, create_date, write_date)
        SELECT policy.id, own.id, tier.sequence, line.min_value_score,
               line.min_revenue, line.min_margin, line.min_points, line.min_purchases,
               line.min_tenure_months, line.combine, line.keep_percent, 1, 1,
               now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
          FROM crm_value_policy policy
          JOIN ranked own ON own.company_id = policy.company_id
          JOIN ranked template ON template.company_id IS NULL
               AND template.position = own.position
          JOIN crm_value_policy_tier line ON line.tier_id = template.id
          JOIN crm_value_policy rules ON rules.id = line.policy_id
               AND rules.company_id IS NULL
          JOIN crm_value_tier tier ON tier.id = own.id
         WHERE policy.state IN ('draft', 'published')
           AND NOT EXISTS (SELECT FROM crm_value_policy_tier known
                            WHERE known.policy_id = policy.id)
        """
    )
