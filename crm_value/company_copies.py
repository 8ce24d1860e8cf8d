"""Records without a company are what new companies start from."""


def copy_templates(model, companies):
    """Give each company without any record of a model copies of its templates.

    :param model: with ``company_id``, empty on the templates
    :param companies: a handful
    """
    everything = model.with_context(active_test=False)
    have = everything.search([("company_id", "in", companies.ids)]).company_id
    templates = model.search([("company_id", "=", False)])
    for company in companies - have:
        for template in templates:
            template.copy({"company_id": company.id})
