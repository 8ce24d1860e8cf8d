from odoo import api, models


class IrModuleModule(models.Model):
    """Translates the copies of companies when a language is added later."""

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load PO files, then call copies what their templates are called by now."""
        result = super()._load_module_terms(modules, langs, overwrite)
        if "crm_value" in modules:
            self.env["crm.value.template"]._take_translations()
        return result
