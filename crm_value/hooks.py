def post_init_hook(env):
    """Give every company its rules, and score the history that is already there."""
    companies = env["res.company"].search([])
    env["crm.value.policy"]._ensure_published(companies)
    for company in companies:
        env["crm.value.run"]._request(company)
