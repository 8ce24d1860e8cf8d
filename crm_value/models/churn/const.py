"""Risk of decline, and patterns of ended relations."""

from ...analytics.churn import endings

# What is shown of a risk whose probability has not proved right on past data.
RISK_LEVELS = [("low", "Low"), ("medium", "Medium"), ("high", "High")]
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
