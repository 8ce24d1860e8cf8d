"""The figures that a measure can be computed from, as a table.

Each has a method of ``crm.value.measure.source`` by its key. What no document tells is
on no list: the gain of dealers, their quality, what channels and training cost. Those
are entered.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A registered figure.

    :param needs: the model without which it cannot be computed here
    :param customer: what says the same of each customer: a field of snapshots, or the
        answers to their tickets
    """

    key: str
    label: str
    unit: str
    direction: str
    group: str
    needs: str = ""
    customer: str = ""


SOURCES = (
    Source("net_profit", "Net Profit", "money", "up", "financial"),
    Source("cash_flow", "Cash Flow", "money", "up", "financial"),
    Source("service_income", "Income from Extra Services", "money", "up", "financial"),
    Source("customer_cost", "Average Cost per Customer", "money", "down", "financial"),
    Source("equity", "Customer Equity", "money", "up", "financial", customer="clv"),
    Source(
        "concentration",
        "Share of the Ten Largest Customers",
        "percent",
        "down",
        "financial",
    ),
    Source("new_products", "Share of New Products", "percent", "up", "financial"),
    Source("margin", "Margin", "money", "up", "financial", customer="margin"),
    Source(
        "satisfaction",
        "Customer Satisfaction",
        "score",
        "up",
        "customer",
        customer="satisfaction_score",
    ),
    Source("dealer_satisfaction", "Dealers' Satisfaction", "score", "up", "customer"),
    Source(
        "retention",
        "Customer Retention",
        "percent",
        "up",
        "customer",
        customer="relation",
    ),
    Source("first_year", "Share of First-Year Customers", "percent", "up", "customer"),
    Source(
        "cross_selling",
        "Product Categories per Customer",
        "number",
        "up",
        "customer",
        customer="product_count",
    ),
    Source(
        "response",
        "Response Time of Service",
        "hours",
        "down",
        "process",
        customer="response",
    ),
    Source(
        "complaint_response",
        "Response Time of Complaints",
        "hours",
        "down",
        "process",
        customer="complaint_response",
    ),
    Source(
        "delivery",
        "Delivered in Time",
        "percent",
        "up",
        "process",
        needs="stock.picking",
    ),
    Source("channels", "Number of Channels", "number", "up", "process"),
    Source("staff_satisfaction", "Employee Satisfaction", "score", "up", "learning"),
    Source("system_use", "Use of the System", "percent", "up", "learning"),
)
BY_KEY = {source.key: source for source in SOURCES}
