from odoo import SUPERUSER_ID, api

# What versions before made of each segment: sequence and the ranges of R, F and M.
BEFORE = {
    "champion": (10, 4, 5, 4, 5, 4, 5),
    "cannot_lose": (20, 1, 2, 4, 5, 4, 5),
    "at_risk": (30, 1, 2, 3, 5, 1, 5),
    "loyal": (40, 3, 5, 4, 5, 1, 5),
    "potential_loyalist": (50, 4, 5, 3, 3, 1, 5),
    "big_spender": (60, 3, 5, 1, 3, 5, 5),
    "new": (70, 5, 5, 1, 2, 1, 5),
    "promising": (80, 4, 4, 1, 2, 1, 5),
    "attention": (90, 3, 3, 3, 3, 1, 5),
    "sleepy": (100, 3, 3, 1, 2, 1, 5),
    "hibernating": (110, 2, 2, 1, 2, 1, 5),
    "lost": (120, 1, 1, 1, 2, 1, 5),
}
AFTER = {
    "champion": {"purchases_min": 3, "age_min": 90},
    "cannot_lose": {"purchases_min": 3, "age_min": 90},
    "at_risk": {"purchases_min": 3},
    "loyal": {"purchases_min": 3, "age_min": 90},
    "potential_loyalist": {"f_max": 5, "purchases_min": 2},
    "big_spender": {"f_max": 5},
    "new": {"r_min": 3, "f_max": 5, "age_max": 90},
    "promising": {"r_max": 5, "f_max": 5},
    "attention": {"f_max": 5, "purchases_min": 2},
    "sleepy": {"f_max": 5},
    "hibernating": {"r_min": 1, "r_max": 5, "f_max": 5},
    "lost": {"r_max": 5, "f_max": 5, "lost": "only"},
}
RANGES = ("sequence", "r_min", "r_max", "f_min", "f_max", "m_min", "m_max")
LAST = {"hibernating", "lost"}  # they hold whom the others let go


def migrate(cr, version):
    """Let segments know purchases, age and who is lost, where nobody edited them.

    Segments that somebody has added or changed hold whom they held before. Where one of
    the last two was changed, all stay: nobody would hold whom the others let go.
    """
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "active_test": False})
    segments = env["crm.value.rfm.segment"].search([])
    untouched = {
        code: segment
        for code in BEFORE
        if (segment := env.ref(f"crm_value.rfm_segment_{code}", False))
        and _is_untouched(segment, BEFORE[code])
    }
    if not LAST <= untouched.keys():
        untouched = {}
    changed = segments.browse(set(segments.ids) - {s.id for s in untouched.values()})
    changed.write({"lost": "any"})
    for code, segment in untouched.items():
        segment.write(AFTER[code])


def _is_untouched(segment, before):
    """Return whether a segment has the ranges and place it was installed with."""
    same = tuple(segment[name] for name in RANGES) == before
    return same and segment.active and segment.write_date == segment.create_date
