from odoo.tests import new_test_user

from ..common import ValueCommon

NUMBER = "+8613800138000"
AGENT = "base.group_user,helpdesk_mgmt.group_helpdesk_user_own"
SELLER = f"{AGENT},sales_team.group_sale_salesman_all_leads"


class CallsCommon(ValueCommon):
    """A telephone system of a company in China, with two agents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn")
        cls.company.country_id = cls.china
        cls.pbx = cls.env["crm.value.pbx"].create(
            {
                "name": "Office",
                "company_id": cls.company.id,
                "queue": "usual",
                "country_id": cls.china.id,
            }
        )
        cls.anna = cls._agent("anna", "101")
        cls.berta = cls._agent("berta", "102")

    @classmethod
    def _agent(cls, login, extension, groups=SELLER):
        agent = new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="en_US",
        )
        cls.pbx.extension_ids.create(
            {"pbx_id": cls.pbx.id, "number": extension, "user_id": agent.id}
        )
        return agent

    def _event(self, event, call="1", pbx=None, **told):
        """Tell an event of a call from NUMBER; return the call, whether it is new."""
        pbx = self._asking(pbx or self.pbx)
        told = {"from": NUMBER, "to": "101", "direction": "in", "users": [], **told}
        return pbx.env["crm.value.call"]._take(
            pbx, {"event": event, "callId": call, **told}
        )

    def _asking(self, pbx):
        """Return a telephone system as its requests have it."""
        return pbx._for_requests("en_US", pbx.company_id)

    def _call(self, *events, **told):
        """Tell some events of a call; return it."""
        for event in events:
            call, _is_new = self._event(event, **told)
        return call.with_env(self.env)

    def _look_up(self, text=NUMBER, pbx=None):
        pbx = self._asking(pbx or self.pbx)
        return pbx.env["crm.value.caller"]._look_up(pbx, text)
