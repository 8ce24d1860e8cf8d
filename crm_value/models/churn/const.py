"""Risk of decline, and patterns of ended relations."""

from ...analytics.churn import endings

RISK_STATES = [("safe", "Not at Risk"), ("at_risk", "At Risk")]
PATTERNS = list(
    zip(
        endings.PATTERNS,
        (
            "Early Failure",
            "Midway",
            "Early Exit",
            "Long-Lasting",
        ),
        strict=True,
    )
)
