from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# What can be missing of a customer; each is a column of crm.value.quality.customer.
OF_CUSTOMERS = ("unreachable", "unattended", "placeless", "old", "crowd")
KINDS = [
    ("product_cost", "Products sold without a known cost"),
    ("import_cost", "Imported purchases without a margin"),
    ("line_cost", "Sold without naming a product"),
    ("crowd", "Sold to contacts that stand for many"),
    ("double", "Customers that look like duplicates"),
    ("unreachable", "Neither mail address nor phone"),
    ("unattended", "Without a salesperson"),
    ("placeless", "Without a country"),
    ("old", "Contacts nobody has changed for two years"),
    ("uninvoiced", "Delivered, but never invoiced"),
    ("draft", "Invoices that were never posted"),
    ("rate", "Documents before the first currency rate"),
    ("issue", "Not valued: their figures are no numbers"),
    ("zone", "The company's time zone is not known"),
]
# What each of them distorts.
DISTORTS = {
    "product_cost": _lt("Margin, lifetime value: the policy's default margin is used"),
    "import_cost": _lt("Margin, lifetime value: the policy's default margin is used"),
    "line_cost": _lt("Margin, assortment: neither cost nor category is known"),
    "crowd": _lt("Who buys and who leaves: this revenue is of no customer"),
    "double": _lt("Frequency, retention, new customers: one counts as two"),
    "unreachable": _lt("Worklists, surveys: nobody can write or call"),
    "unattended": _lt("Worklists and results by salesperson"),
    "placeless": _lt("Regions: in no country's sums"),
    "old": _lt("Regions, reach: addresses may be those of years ago"),
    "uninvoiced": _lt("Revenue and last purchase: they are not in the ledger"),
    "draft": _lt("Revenue and last purchase: they are not in the ledger"),
    "rate": _lt("Revenue: their amounts count at a later rate, or one to one"),
    "issue": _lt("Everything of these customers: older figures are kept"),
    "zone": _lt("On which day an order or a ticket counts"),
}
# Their records tell of margins: officers alone open them.
OF_COSTS = ("product_cost", "import_cost", "line_cost")
OLD_YEARS = 2
UNPOSTED_DAYS = 7  # a draft is not forgotten before
UNINVOICED_DAYS = 30
MANY = 10  # more customers that share a sign are no duplicates
