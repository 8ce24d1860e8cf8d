from babel.dates import format_skeleton

from odoo import models
from odoo.tools.misc import get_lang

SKELETONS = {"month": "yMMMM", "quarter": "yQQQQ", "day": "yMMMd"}


class Base(models.AbstractModel):
    """Names the months of our reports as Chinese does: 2026年10月.

    Odoo puts the month before the year in every language.
    """

    _inherit = "base"

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        named = super()._web_read_group_groupby_formatter(groupby_spec, values)
        skeleton = SKELETONS.get(groupby_spec.partition(":")[2])
        locale = get_lang(self.env).code
        ours = self._name.startswith("crm.value.") and locale.startswith("zh")
        if not (skeleton and ours):
            return named

        def year_first(value):
            label, domain = named(value)
            if label:
                label = (label[0], format_skeleton(skeleton, value, locale=locale))
            return label, domain

        return year_first
