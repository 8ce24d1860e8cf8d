"""What a request of a telephone system goes by, without a record that is read twice."""

from ipaddress import ip_address, ip_network
from typing import NamedTuple

from odoo import models


class Country(NamedTuple):
    """Whose rules a number without a country code follows."""

    code: str
    phone_code: str


class Terms(NamedTuple):
    """Fields of a crm.value.pbx, named like its own, as they were read with its key.

    ``record`` is the system itself, with the company and the language of its requests.
    """

    record: models.BaseModel
    id: int
    company_id: models.BaseModel
    country_id: Country
    active: bool
    queue: str | None
    floor_seconds: int
    outside_prefix: str | None
    rate_limit: int
    ip_ranges: str | None

    def admits(self, address):
        """Return whether requests may come from an address."""
        allowed = networks(self.ip_ranges)
        if not allowed:
            return True
        address = ip_address(address)
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in allowed)


def networks(ranges):
    """Return the networks that are written down, one a line.

    >>> networks("192.0.2.17 2001:db8::/32")
    [IPv4Network('192.0.2.17/32'), IPv6Network('2001:db8::/32')]
    >>> networks(None)
    []
    """
    return [ip_network(line, strict=False) for line in (ranges or "").split()]
