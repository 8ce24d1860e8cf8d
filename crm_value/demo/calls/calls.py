"""Telephones of the demo characters and who called lately, as plain tables."""

# As people type them: London's are reserved for drama, as are those with 555-01.
PHONES = {
    "partner_platinum": "+44 20 7946 0123",
    "contact_platinum_1": "+44 20 7946 0123",
    "contact_platinum_2": "0044 20 7946 0123",
    "partner_fading": "+44 20 7946 0456",
    "partner_late": "(416) 555-0123",
    "partner_seasonal": "138 0013 8001 / +1 206-555-0188",
}
EXTENSIONS = {"101": "base.user_demo", "102": "base.user_admin"}
# Hours ago, number, direction, minutes of talking (None: nobody took it), extension.
CALLS = (
    (1, "+442079460123", "in", None, None),
    (3, "+8613800138001", "in", 6, "102"),
    (5, "+14165550123", "in", 12, "101"),
    (20, "+442079460456", "out", None, "101"),
    (26, "+442079460456", "out", 4, "101"),
    (28, "+12065550199", "in", 3, "102"),
    (50, "anonymous", "in", None, None),
    (75, "+12065550188", "in", 9, "101"),
)
