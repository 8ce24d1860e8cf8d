from datetime import datetime, time, timedelta
from graphlib import TopologicalSorter

import pytz

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

AT_ONCE = 1000  # records deleted at a time


class ResCompany(models.Model):
    _inherit = "res.company"

    value_sight = fields.Selection(
        [
            ("all", "All customers"),
            ("free", "Their own, and customers of nobody"),
            ("own", "Their own only"),
        ],
        string="Salespersons with Own Documents Only See",
        default="free",  # as Odoo shows them orders; whoever upgrades keeps "all"
        groups="base.group_system",
        help="Whose figures, purchases and answers they see. Their own are customers "
        "whose salesperson they are, or is in a team that they lead.",
    )

    @api.model
    def _value_all_scored(self):
        """Return every company, whichever the user works in; they are a handful."""
        # A customer may have documents in companies the user does not see.
        return self.sudo().search([])  # pylint: disable=no-search-all

    @api.model_create_multi
    def create(self, vals_list):
        """A new company can score its customers at once: it gets the default policy."""
        companies = super().create(vals_list)
        # The rules come with the company; who may create it needs no other right.
        self.env["crm.value.template"].sudo()._ensure_all(companies)
        self.env.registry.clear_cache()  # rules of records ask for value_sight
        return companies

    def write(self, vals):
        """Have the rules of records, which are kept, asked again."""
        result = super().write(vals)
        if "value_sight" in vals:
            self.env.registry.clear_cache()
        return result

    def _value_moments(self, first, last):
        """Return when a span of the company's days begins and ends, in UTC."""
        zone = pytz.timezone(self._value_timezone())
        return [
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        ]

    def _value_timezone(self):
        """Return the time zone in which the company's days begin and end."""
        return self.sudo().partner_id.tz or "UTC"

    def _value_local_day(self, moment):
        """Return the SQL of the company's day of a moment, which is kept in UTC."""
        zone = self._value_timezone()
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)

    def _value_due(self, hours, start, calendar=None):
        """Return when ``hours`` of working time have passed since then.

        :param float hours: working hours, or hours by the clock where no calendar, or
            one that never opens, says when there is work
        :param datetime start: naive, in UTC, as fields keep it
        :param calendar: default: the company's
        """
        calendar = calendar or self.resource_calendar_id
        planned = calendar and calendar.plan_hours(hours, start, compute_leaves=True)
        return planned or start + timedelta(hours=hours)

    def unlink(self):
        """Take our records of a company along, whatever protects each of them.

        Where Odoo refuses, because of journal items for example, nothing is deleted.
        """
        self.check_access("unlink")
        self.env.flush_all()
        going = {MODULE_UNINSTALL_FLAG: True, "active_test": False}
        for model, domain in self._value_own_models():
            records = self.env[model].sudo().with_context(**going).search(domain)
            for part in split_every(AT_ONCE, records.ids, records.browse):
                part.unlink()
        return super().unlink()

    def _value_own_models(self):
        """Return (model, domain of its records of these companies), holders first.

        A record goes before those that it points to, else they could not go.
        """
        own = {
            name: model
            for name, model in self.env.items()
            if model._original_module == "crm_value" and model._auto
        }
        order = TopologicalSorter({name: () for name in own})
        for name in own:
            for field in self._value_links(own, name):
                if field.ondelete != "set null":
                    order.add(field.comodel_name, name)
        paths = {name: self._value_path(own, name) for name in own}
        return [
            (name, [(paths[name], "in", self.ids)])
            for name in order.static_order()
            if paths[name]
        ]

    def _value_path(self, own, name):
        """Return how records of a model lead to their company, None if they do not."""
        if "company_id" in own[name]._fields:
            return "company_id"
        for field in self._value_links(own, name):
            if field.ondelete == "cascade":
                path = self._value_path(own, field.comodel_name)
                return path and f"{field.name}.{path}"
        return None

    def _value_links(self, own, name):
        """Return the fields by which a model of ours points to others of ours."""
        return [
            field
            for field in own[name]._fields.values()
            if field.type == "many2one" and field.store
            if field.comodel_name in own and field.comodel_name != name
        ]
