from odoo import api, models
from odoo.tools import SQL

# Copied from what new companies start from.
COPIED = ("crm.value.tier", "crm.value.policy", "crm.value.invitation.rule")


class IrModuleModule(models.Model):
    """A language may be added long after a company has got its tiers and rules."""

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load PO files, then call copies what their templates are called by now."""
        result = super()._load_module_terms(modules, langs, overwrite)
        if "crm_value" in modules:
            self.env.flush_all()
            for model in COPIED:
                table = SQL.identifier(self.env[model]._table)
                self.env.cr.execute(SQL(TAKE_TRANSLATIONS, table=table))
                self.env[model].invalidate_model(["name"])
        return result


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
