import {sayCustomers, sayMonths} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatEnd} from "../core/month.esm";
import {formatShare, formatShortShare} from "../core/format.esm";
import {registry} from "@web/core/registry";
import {waterfallConfig} from "./equity_config.esm";

const COLUMNS = [
    "opening",
    "new",
    "grown",
    "shrunk",
    "lost",
    "re_estimated",
    "closing",
];
const SIGNS = {
    new: "+",
    grown: "+",
    shrunk: "-",
    lost: "-",
    re_estimated: "±",
    closing: "=",
};

const SEEN = 0.0005; // of the opening value; below, it rounds to nothing

function formatSigned(number, format) {
    return number < 0 ? format(number) : `+${format(number)}`;
}

// From the value at one month end to that at the next, and who moved it.
export class EquityStatement extends Screen {
    static template = "crm_value.EquityStatement";
    static displayName = _t("Customer Equity");

    setup() {
        super.setup();
        this.columns = COLUMNS;
        this.signs = SIGNS;
        this.formatMonth = formatEnd;
        this.label = _t("From opening to closing value");
        this.chosen = useState({at: 0});
    }

    async load() {
        const statement = await this.orm.call("crm.value.equity", "get_statement", []);
        this.chosen.at = statement.months.length - 1;
        const configs = statement.months.map((month) =>
            waterfallConfig(month, statement, (name) => this.openMovement(name))
        );
        return {...statement, configs};
    }

    get month() {
        return this.found.months[this.chosen.at];
    }

    get latestFirst() {
        return this.found.months.map((month, at) => ({month, at})).reverse();
    }

    get scope() {
        const values = {
            company: this.found.company,
            month: formatEnd(this.month),
            months: sayMonths(this.month.horizon_months),
        };
        return this.found.is_own
            ? _t(
                  "%(company)s: margin expected of your customers alone within %(months)s; what changed it from the previous month end to %(month)s",
                  values
              )
            : _t(
                  "%(company)s: margin expected of all customers within %(months)s; what changed it from the previous month end to %(month)s",
                  values
              );
    }

    get sentence() {
        const {closing_words: closing, own_change: own} = this.month;
        const {horizon_months: horizon} = this.month;
        const values = {closing, months: sayMonths(horizon)};
        if (this.isRough) {
            values.closing = this.formatAboutMoney(this.month.closing);
            return _t(
                "There are too few customers yet to say for sure what they are worth: a rough sum is %(closing)s of margin within %(months)s",
                values
            );
        }
        if (own === null) {
            return _t(
                "Within %(months)s, the margin of the customers is worth %(closing)s",
                values
            );
        }
        const before = this.found.months[this.chosen.at - 1];
        values.change = formatShare(Math.abs(own));
        values.before = before ? formatEnd(before) : _t("the month before");
        return own < 0
            ? _t(
                  "Within %(months)s, the margin of the customers is worth %(closing)s; by what they bought or did not, %(change)s less than at the end of %(before)s",
                  values
              )
            : _t(
                  "Within %(months)s, the margin of the customers is worth %(closing)s; by what they bought or did not, %(change)s more than at the end of %(before)s",
                  values
              );
    }

    // Said once, with its doubt; nothing finer is told beside it.
    get isRough() {
        return this.found.too_few || !this.month.closing_words;
    }

    // What a new model alone has done never passes for what customers have done.
    get estimated() {
        const {re_estimated: amount, opening, change} = this.month;
        const share = opening > 0 ? amount / opening : 0;
        if (Math.abs(share) < SEEN) {
            return "";
        }
        return _t(
            "Apart from that, the forecast itself was made anew, which changes the value of the same customers by %(amount)s (%(share)s); in all, %(change)s.",
            {
                amount: formatSigned(amount, this.formatAboutMoney.bind(this)),
                share: formatSigned(share, formatShare),
                change: formatSigned(change, formatShare),
            }
        );
    }

    // Of the first month end there is no opening: nobody was new, all was there.
    describeChange(at) {
        const {model_words: words, opening} = this.found.months[at];
        return at === 0 && !opening
            ? _t(
                  "The first month end that is known: what was there already counts as new."
              )
            : words;
    }

    get reason() {
        const {model_change: code, model_words: words, main} = this.month;
        if (this.chosen.at === 0 && !this.month.opening) {
            return this.describeChange(0);
        }
        if (code === "unmeasured") {
            return _t(
                "Customers are valued differently since this month (%(words)s). What that alone has changed was not measured then; it is within grown, shrunk and lost.",
                {words}
            );
        }
        if (this.estimated && words) {
            return _t("The forecast was made anew: %(words)s.", {words});
        }
        return main
            ? _t(
                  "The change is larger than the usual error of the model (%(off)s); most of it: %(movement)s.",
                  {
                      off: formatShare(this.found.off),
                      movement: this.found.labels[main],
                  }
              )
            : "";
    }

    get each() {
        const {customers, all, kept} = this.found.mean;
        const values = {
            customers: sayCustomers(customers),
            all: this.formatWholeMoney(all || 0),
            kept: this.formatWholeMoney(kept || 0),
        };
        if (customers && values.all === values.kept) {
            return _t("Today %(all)s on average of %(customers)s.", values);
        }
        return customers
            ? _t(
                  "Today %(all)s on average of %(customers)s; of those not lost, %(kept)s.",
                  values
              )
            : "";
    }

    get range() {
        const {interval_words: interval, off, cuts} = this.found;
        return interval
            ? _t(
                  "Today %(low)s to %(high)s (%(held)s interval): in past back-tests (%(cuts)s) the total was typically off by %(off)s.",
                  {
                      low: interval[0],
                      high: interval[1],
                      held: formatShortShare(0.8),
                      off: formatShare(off),
                      cuts,
                  }
              )
            : _t(
                  "How far the total may be off is not known: the history is too short to back-test it."
              );
    }

    formatMoney(amount) {
        return this.isRough
            ? this.formatAboutMoney(amount || 0)
            : this.formatWholeMoney(amount || 0);
    }

    describeCount(name) {
        const {counts} = this.month;
        if (name === "re_estimated") {
            return this.month.model_label;
        }
        if (name in counts) {
            return sayCustomers(counts[name]);
        }
        const end = this.found.months[this.chosen.at - (name === "opening" ? 1 : 0)];
        return end ? formatEnd(end) : _t("before the first month end");
    }

    choose(at) {
        this.chosen.at = at;
    }

    openMovement(name) {
        const {date, counts} = this.month;
        const {company_id: company, labels} = this.found;
        return this.openRows(
            _t("%(movement)s, %(month)s", {
                movement: labels[name],
                month: formatEnd(this.month),
            }),
            "crm.value.equity",
            [
                ["company_id", "=", company],
                ["date", "=", date],
            ],
            {filter: (name in counts || name === "re_estimated") && name}
        );
    }

    download() {
        const {company_id: company} = this.found;
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/crm_value/equity/valuation/${company}`,
            target: "download",
        });
    }

    print() {
        const {company_id: company} = this.found;
        return this.action.doAction("crm_value.crm_value_equity_report", {
            additionalContext: {active_ids: [company]},
        });
    }

    openTrackRecord() {
        return this.action.doAction("crm_value.crm_value_fit_current_action");
    }

    openAnalysis() {
        return this.action.doAction("crm_value.crm_value_equity_action");
    }
}

registry.category("actions").add("crm_value_equity", EquityStatement);
