"""What the demo customers ask often, as a plain table."""

# Question, answer, tickets that were replied to with it, on how many it did not help.
QUESTIONS = (
    (
        "Goods arrived damaged: what now?",
        "<p>Please send us photos within 48 hours. We send a replacement, or credit the"
        " amount, as you like.</p>",
        4,
        0,
    ),
    (
        "Where is my delivery?",
        "<p>Open the order in the portal and click the tracking number. Parcels take"
        " two days, pallets up to five.</p>",
        3,
        2,
    ),
    (
        "The linen has faded after washing",
        "<p>Wash at 40 degrees at most, without bleach. If it faded all the same, we"
        " exchange it.</p>",
        2,
        0,
    ),
    (
        "How do I get a corrected invoice?",
        "<p>Tell us the number of the invoice and what is wrong. We issue a credit note"
        " and a new invoice the same day.</p>",
        1,
        0,
    ),
    (
        "How do I change the delivery address?",
        "<p>In the portal until dispatch; afterwards please call us.</p>",
        1,
        0,
    ),
    (
        "发票开错了怎么办？",
        "<p>请告诉我们发票号码和正确的抬头，我们当天冲红并重新开具。</p>",
        0,
        0,
    ),
    (
        "床单洗后褪色怎么办？",
        "<p>请用40度以下的水洗涤，不要使用漂白剂。如果按说明洗涤仍然褪色，我们负责更换。</p>",
        0,
        0,
    ),
)
