"""The track record as text: a table of the cutoffs and pooled, and the tenths."""

COLUMNS = (
    ("cutoff", "cutoff", "{}"),
    ("days", "days", "{}"),
    ("customers", "customers", "{:,}"),
    ("rule", "rule", "{}"),
    ("coverage", "inside", "{:.1%}"),
    ("coverage_one_time", "one-time", "{:.1%}"),
    ("coverage_repeat", "repeat", "{:.1%}"),
    ("rmse_purchases", "rmse n", "{:.3f}"),
    ("rmse_purchases_naive", "naive", "{:.3f}"),
    ("bias_purchases", "bias n", "{:+.1%}"),
    ("bias_purchases_naive", "naive", "{:+.1%}"),
    ("log_score", "log n", "{:.3f}"),
    ("log_score_naive", "naive", "{:.3f}"),
    ("rmse_money", "rmse m", "{:,.1f}"),
    ("rmse_money_naive", "naive", "{:,.1f}"),
    ("bias_money", "bias m", "{:+.1%}"),
    ("bias_money_naive", "naive", "{:+.1%}"),
    ("log_score_money", "log m", "{:.3f}"),
    ("spend", "spend", "{:.2f}"),
)
RISK = (
    ("cutoff", "cutoff", "{}"),
    ("risk_auc", "AUC risk", "{:.3f}"),
    ("risk_auc_days", "days", "{:.3f}"),
    ("risk_auc_count", "count", "{:.3f}"),
    ("risk_auc_no_purchase", "P(none)", "{:.3f}"),
    ("risk_behind", "behind", "{}"),
    ("risk_compared", "of", "{}"),
    ("risk_brier", "Brier risk", "{:.4f}"),
    ("risk_brier_no_purchase", "P(none)", "{:.4f}"),
    ("risk_log", "log risk", "{:.3f}"),
    ("risk_log_no_purchase", "P(none)", "{:.3f}"),
    ("lost_share", "lost", "{:.1%}"),
    ("lost_90", "of", "{:,}"),
    ("lost_back_90", "back 90", "{:.1%}"),
    ("lost_back_365", "365", "{:.1%}"),
    ("decline_share", "decline", "{:.1%}"),
    ("decline_90", "of", "{:,}"),
    ("decline_back_90", "back 90", "{:.1%}"),
    ("decline_back_365", "365", "{:.1%}"),
    ("moved_alive", "fit: alive", "{:+.3f}"),
    ("moved_lost", "lost", "{:+.3f}"),
    ("moved_equity", "equity", "{:+.1%}"),
    ("moved_silent_alive", "silent: alive", "{:+.3f}"),
    ("moved_silent_lost", "lost", "{:+.3f}"),
    ("moved_silent_equity", "equity", "{:+.1%}"),
)
TENTHS = (
    ("none", "P(no purchase)"),
    ("alive", "P(alive)"),
    ("risk_by_risk", "risk"),
    ("risk_by_days", "risk, by days"),
    ("risk_by_count", "by few bought"),
    ("risk_by_none", "by P(none)"),
)
HELP = """\
n purchases, m money of a customer; rmse root of the mean squared error; bias all that
was said against all that came, minus one; log minus the mean log of the probability of
what came; naive the better of "as in the last equally long period" and "as in the same
season a year ago"; inside by the randomised probability transform, 80 % wanted;
spend the money of a purchase as learnt ÷ as it was. Lost, decline: the share of all,
how many whose next 90 days are known, who of them bought again. Fit: what a new fit
alone changed; silent: customers who bought nothing since the cutoff before. Behind: how
many plain orders (days, few bought, P(none)) were better than that of the risk by two
standard errors, paired over customers. Pooled has the largest of the shares, of spend
and of each movement, and the sums of who is behind."""


def text(path, found):
    """Return the record of one file as text."""
    rows = [*found["cuts"], {**found["pooled"], "cutoff": "pooled"}]
    parts = [str(path), table(COLUMNS, rows), table(RISK, rows)]
    parts += [_tenths(found["tenths"]), HELP]
    return "\n\n".join(parts) + "\n"


def table(columns, rows):
    """Return rows as text, one column as wide as its widest cell; – is unknown."""
    cells = [[title for _name, title, _form in columns]]
    for row in rows:
        cells.append([cell(row.get(name), form) for name, _title, form in columns])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
        for row in cells
    )


def cell(value, form):
    """Return a value as text."""
    return "–" if value is None else form.format(value)


def _tenths(tenths):
    lines = []
    for name, title in TENTHS:
        found = tenths.get(name, [])
        for what, label in (("predicted", title), ("actual", "came"), ("inside", "in")):
            if any(what in tenth for tenth in found):
                shares = " ".join(f"{tenth[what]:6.1%}" for tenth in found)
                lines.append(f"{label:>15} {shares}")
    return "By tenth of what was said:\n" + "\n".join(lines)
