from datetime import datetime, timedelta

from odoo.tests import freeze_time, new_test_user

from ..common import TODAY, ValueCommon

NOON = datetime(2026, 6, 15, 12)
COMMENT = "mail.mt_comment"


@freeze_time("2026-06-15 12:00:00")
class InteractionsCommon(ValueCommon):
    """A customer with a contact, and people of different rights who look at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("sales_team.group_sale_salesman_all_leads")
        cls.own = cls._user("sales_team.group_sale_salesman")
        cls.plain = cls._user("crm_value.group_user")
        cls.agent = cls._user("helpdesk_mgmt.group_helpdesk_user")
        cls.customer = cls._customer("Linen AG", user_id=cls.seller.id)
        cls.person = cls._customer("Ms. Li", parent=cls.customer)
        cls.stranger = cls._customer("Stranger")
        channels = "helpdesk_mgmt.helpdesk_ticket_channel_"
        cls.phone, cls.mail, cls.web = (
            cls.env.ref(f"{channels}{name}") for name in ("phone", "email", "web")
        )
        cls.wechat = cls.env.ref("crm_value.helpdesk_ticket_channel_wechat")

    @classmethod
    def _user(cls, group):
        return new_test_user(
            cls.env,
            group.rpartition(".")[2],
            f"base.group_user,{group}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    @classmethod
    def _message(cls, record, author, hours=0, **values):
        """Return a mail on a record, some hours before noon."""
        return cls.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "date": NOON - timedelta(hours=hours),
                "author_id": author.id,
                "message_type": "email",
                "subtype_id": cls.env.ref(COMMENT).id,
                "body": "Text",
                **values,
            }
        )

    @classmethod
    def _ticket(cls, partner, **values):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Help",
                "description": "Please",
                "partner_id": partner.id,
                "company_id": cls.company.id,
                **values,
            }
        )

    def _page(self, user, partner=None, **asked):
        """Return a page of interactions as somebody sees it."""
        shown = (partner or self.customer).with_user(user)
        return shown.with_context(
            allowed_company_ids=user.company_ids.ids
        ).get_interactions(**asked)

    def _lines(self, user, partner=None, **asked):
        return self._page(user, partner, **asked)["lines"]

    def _kinds(self, user, partner=None, **asked):
        return [line["kind"] for line in self._lines(user, partner, **asked)]


def past(days):
    return TODAY - timedelta(days=days)
