from odoo import api, models
from odoo.tools import SQL

# A name that somebody has given or translated stays.
TAKE_TRANSLATIONS = """
    UPDATE %(table)s copied
       SET name = template.name || copied.name
      FROM %(table)s template
     WHERE template.company_id IS NULL
       AND copied.company_id IS NOT NULL
       AND copied.name ->> 'en_US' = template.name ->> 'en_US'
       AND copied.name <> template.name || copied.name
"""


class CrmValueTemplate(models.AbstractModel):
    """Template mixin: records without a company are copied to new companies.

    A model that inherits this has ``company_id``, empty on the templates, and a
    translated ``name``; each company gets its copies when it is made.
    """

    _name = "crm.value.template"
    _inherit = ["crm.value.shared"]
    _shared_unless = "company_id"
    _description = "Template for New Companies"

    @api.model
    def _ensure(self, companies):
        """Give each company without any record copies of the templates.

        :param companies: a handful
        """
        everything = self.with_context(active_test=False)
        have = everything.search([("company_id", "in", companies.ids)]).company_id
        templates = self.search([("company_id", "=", False)])
        for company in companies - have:
            for template in templates:
                template.copy({"company_id": company.id})

    @api.model
    def _ensure_all(self, companies):
        """Give the companies their copies of all templates."""
        for model in self._copied():
            model._ensure(companies)

    @api.model
    def _take_translations(self):
        """Call copies what their templates are called by now, in each language."""
        self.env.flush_all()
        for model in self._copied():
            table = SQL.identifier(model._table)
            self.env.cr.execute(SQL(TAKE_TRANSLATIONS, table=table))
            model.invalidate_model(["name"])

    @api.model
    def _copied(self):
        """Return the models that have templates."""
        names = self.env.registry.descendants(["crm.value.template"], "_inherit")
        models_found = (self.env[name] for name in names)
        return [model for model in models_found if not model._abstract]
