from datetime import timedelta

from odoo import Command, api, fields, models

from ..core.crm_value_demo import QUIET
from . import calls


class CrmValueDemo(models.AbstractModel):
    """Gives the demo company a telephone system, and a few calls."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        """Let the characters have called lately, once."""
        super()._install()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        systems = self.env["crm.value.pbx"]
        if systems.search_count([("company_id", "=", company.id)], limit=1):
            return
        for who, phone in calls.PHONES.items():
            self._ref(who).phone = phone
        pbx = systems.create(self._prepare_pbx_vals(company))
        now = fields.Datetime.now()
        for at, call in enumerate(calls.CALLS):
            self._call(pbx, at, now, *call)

    @api.model
    def _prepare_pbx_vals(self, company):
        return {
            "name": "Office",
            "company_id": company.id,
            "user_id": self.env.ref("base.user_admin").id,
            "queue": "service",
            "extension_ids": [
                Command.create({"number": number, "user_id": self.env.ref(user).id})
                for number, user in calls.EXTENSIONS.items()
            ],
        }

    @api.model
    def _call(self, pbx, at, now, hours, number, direction, minutes, extension):
        """Tell one call as a telephone system does, and put it back in time."""
        rung = now - timedelta(hours=hours)
        theirs, ours = ("from", "to") if direction == "in" else ("to", "from")
        told = {
            theirs: number,
            ours: extension or "100",
            "direction": direction,
            "callId": f"demo-{at}",
            "users": [extension] if extension else [],
            "queue": pbx.queue,
        }
        happened = ["newCall", "hangup"]
        if minutes is not None:
            happened.insert(1, "answer")
        for event in happened:
            call, _is_new = pbx.env["crm.value.call"]._take(
                pbx, {**told, "event": event}
            )
        talked = timedelta(minutes=minutes or 0)
        call.write(
            {
                "date": rung,
                "rung_at": rung,
                "answered_at": call.answered_at and rung,
                "ended_at": rung + (talked or timedelta(seconds=25)),
            }
        )
