"""Who is calling, of those who have a number: none, one, or many, never a guess."""

from collections import namedtuple

# A contact that has the number: its customer, both names, and whether it was chosen.
Holder = namedtuple("Holder", "id name customer_id customer is_chosen")
# What is found; customer and contact are holders, or ids of nobody.
Match = namedtuple("Match", "result holder contact choices")
NOBODY = Match("none", None, None, ())


def judge(holders):
    """Return the match of some holders of one number.

    Whoever was chosen for this number before is meant again. Contacts of one customer
    are that customer: a single contact is the caller, of several one is to be chosen.

    >>> company = Holder(1, "Azure", 1, "Azure", False)
    >>> anna = Holder(2, "Anna", 1, "Azure", False)
    >>> berta = Holder(3, "Berta", 1, "Azure", False)
    >>> other = Holder(9, "Other", 9, "Other", False)
    >>> judge([]).result
    'none'
    >>> judge([company, anna]).contact.name
    'Anna'
    >>> match = judge([company, anna, berta])
    >>> match.result, match.holder.customer, match.contact
    ('one', 'Azure', None)
    >>> [holder.name for holder in match.choices]
    ['Anna', 'Berta']
    >>> judge([anna, other]).result
    'many'
    >>> judge([anna, other._replace(is_chosen=True)]).holder.name
    'Other'
    """
    if not holders:
        return NOBODY
    for chosen in (holder for holder in holders if holder.is_chosen):
        return Match("one", chosen, _person(chosen), _others(holders, chosen))
    if len({holder.customer_id for holder in holders}) > 1:
        return Match("many", None, None, tuple(holders))
    people = tuple(filter(_person, holders))
    if len(people) == 1:
        return Match("one", people[0], people[0], ())
    return Match("one", holders[0], None, people)


def _person(holder):
    """Return the holder where it is a contact of a customer with a name of its own."""
    is_contact = holder.id != holder.customer_id and holder.name
    return holder if is_contact else None


def _others(holders, chosen):
    """Return who could be meant as well, the chosen one first."""
    others = [holder for holder in holders if holder != chosen]
    return (chosen, *others) if others else ()
