"""Words and names of leads' values."""

SELLING = "crm_value.group_part_selling"
KINDS = [("company", "Company"), ("person", "Person")]
# What makes two customers alike, the most telling first.
TRAITS = ("industry_id", "kind", "country_id", "source_id")
