from contextlib import suppress
from math import isfinite

from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ...models.portal.crm_value_portal import HISTORY


class CrmValueCustomerPortal(CustomerPortal):
    """The loyalty of the user's own customer; no address names anybody else's."""

    def _prepare_home_portal_values(self, counters):
        """Count what the card on the home page leads to."""
        values = super()._prepare_home_portal_values(counters)
        if "loyalty_count" in counters:
            values["loyalty_count"] = request.env["crm.value.portal"]._count()
        return values

    @route(
        ["/my/loyalty", "/my/loyalty/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_loyalty(self, page=1, **_query):
        """Show tier, points and benefits of the customer the user belongs to."""
        if not request.env["res.groups"]._value_uses("loyalty"):
            return request.redirect("/my")
        portal = request.env["crm.value.portal"]
        pager = portal_pager(
            url="/my/loyalty", total=portal._history_count(), page=page, step=HISTORY
        )
        return request.render(
            "crm_value.portal_my_loyalty",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "loyalty",
                "loyalty": portal._page(),
                "history": portal._history(pager["offset"]),
                "pager": pager,
            },
        )

    @route(
        "/my/loyalty/use",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_use_points(self, reward="", **asked):
        """Ask the customer's contact to use the points, and show that it was asked."""
        if not request.env["res.groups"]._value_uses("loyalty"):
            raise request.not_found()
        request.env["crm.value.portal"]._ask_to_use(
            int(_number(reward)), _number(asked.get(f"points_{reward}"))
        )
        return request.redirect("/my/loyalty")


def _number(text):
    """Return the number that somebody typed, 0 for anything else."""
    with suppress(TypeError, ValueError):
        number = float(text)
        if isfinite(number):
            return number
    return 0.0
