import {sayCustomers, sayDays} from "../core/words.esm";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {formatShare, formatShortShare, formatSignedShare} from "../core/format.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

// How far each rule was off at each cutoff of the past; the one that predicts stands out.
export class ModelBacktest extends Component {
    static template = "crm_value.ModelBacktest";
    static props = {backtest: Object};

    setup() {
        this.formatCount = (count) => formatInteger(Math.round(count));
    }

    /** All cutoffs together, if there are several, then each one. */
    get groups() {
        const {total, folds} = this.props.backtest;
        const together = {
            key: "total",
            title: _t("All cutoffs together"),
            rules: total,
        };
        const cutoffs = folds.map((fold) => ({
            key: fold.date,
            title: this.describe(fold),
            rules: fold.rules,
        }));
        return total ? [together, ...cutoffs] : cutoffs;
    }

    describe({date, days, customers}) {
        return _t("After %(date)s: %(days)s held out, %(customers)s", {
            date,
            days: sayDays(days),
            customers: sayCustomers(customers),
        });
    }

    get insideSentence() {
        const {folds, target} = this.props.backtest;
        const shares = folds.map(({date, inside}) =>
            _t("%(share)s after %(date)s", {share: formatShare(inside), date})
        );
        return _t(
            "Customers who ended up inside their %(target)s interval: %(shares)s.",
            {
                target: formatShortShare(target),
                shares: shares.join(", "),
            }
        );
    }

    get levelSentence() {
        return _t(
            "Each cutoff was tested with intervals that the earlier ones had calibrated, one-time and repeat buyers apart."
        );
    }

    formatError(share) {
        return formatSignedShare(share);
    }

    formatFigure(value) {
        return value === null ? "" : formatFloat(value, {digits: [16, 3]});
    }
}
