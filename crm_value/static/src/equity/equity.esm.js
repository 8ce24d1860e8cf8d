import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatEnd} from "../core/month.esm";
import {formatShare} from "../core/format.esm";
import {registry} from "@web/core/registry";
import {waterfallConfig} from "./equity_config.esm";

const COLUMNS = ["opening", "new", "grown", "shrunk", "lost", "closing"];
const SIGNS = {new: "+", grown: "+", shrunk: "−", lost: "−", closing: "="};

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
        return _t(
            "%(company)s: lifetime value of all customers, from the previous month end to %(month)s",
            {company: this.found.company, month: formatEnd(this.month)}
        );
    }

    get sentence() {
        const {closing_words: closing, change} = this.month;
        const values = {closing};
        if (!closing) {
            return _t("There are too few customers yet to say what they are worth");
        }
        if (change === null) {
            return _t("The customers are worth %(closing)s", values);
        }
        values.change = formatShare(Math.abs(change));
        return change < 0
            ? _t(
                  "The customers are worth %(closing)s, %(change)s less than before",
                  values
              )
            : _t(
                  "The customers are worth %(closing)s, %(change)s more than before",
                  values
              );
    }

    formatMoney(amount) {
        return this.formatWholeMoney(amount || 0);
    }

    describeCount(name) {
        const {counts} = this.month;
        if (name in counts) {
            return _t("%s customers", formatInteger(counts[name]));
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
            {filter: name in counts && name}
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
