import {Component, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShare} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";
import {waterfallConfig} from "./equity_config.esm";

const COLUMNS = ["opening", "new", "grown", "shrunk", "lost", "closing"];
const SIGNS = {new: "+", grown: "+", shrunk: "−", lost: "−", closing: "="};

// From the value at one month end to that at the next, and who moved it.
export class EquityStatement extends Component {
    static template = "crm_value.EquityStatement";
    static components = {Layout, ValueChart};
    static props = {...standardActionServiceProps};
    static displayName = _t("Customer Equity");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.columns = COLUMNS;
        this.signs = SIGNS;
        this.label = _t("From opening to closing value");
        this.chosen = useState({at: 0});
        this.loading = useLoadingAtOnce(async () => {
            const statement = await orm.call("crm.value.equity", "get_statement", []);
            this.chosen.at = statement.months.length - 1;
            const configs = statement.months.map((month) =>
                waterfallConfig(month, statement, (name) => this.openMovement(name))
            );
            return {...statement, configs};
        });
    }

    get statement() {
        return this.loading.data;
    }

    get month() {
        return this.statement.months[this.chosen.at];
    }

    get latestFirst() {
        return this.statement.months.map((month, at) => ({month, at})).reverse();
    }

    get sentence() {
        const {closing, change} = this.month;
        const values = {closing: this.formatMoney(closing)};
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

    formatMonth(month) {
        const day = deserializeDate(month.date);
        return month.is_open ? formatDate(day) : day.toFormat("LLLL yyyy");
    }

    formatMoney(amount) {
        return formatCurrency(amount, this.statement.currency_id);
    }

    describeCount(name) {
        const {counts} = this.month;
        if (name in counts) {
            return _t("%s customers", formatInteger(counts[name]));
        }
        const end =
            this.statement.months[this.chosen.at - (name === "opening" ? 1 : 0)];
        return end ? this.formatMonth(end) : _t("before the first month end");
    }

    choose(at) {
        this.chosen.at = at;
    }

    openMovement(name) {
        const {date, counts} = this.month;
        const {company_id: company, labels} = this.statement;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${labels[name]}, ${this.formatMonth(this.month)}`,
            res_model: "crm.value.equity",
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
            ],
            domain: [
                ["company_id", "=", company],
                ["date", "=", date],
            ],
            context: name in counts ? {[`search_default_${name}`]: 1} : {},
        });
    }

    download() {
        const {company_id: company} = this.statement;
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/crm_value/equity/valuation/${company}`,
            target: "download",
        });
    }

    print() {
        const {company_id: company} = this.statement;
        return this.action.doAction("crm_value.crm_value_equity_report", {
            additionalContext: {active_ids: [company]},
        });
    }

    openAnalysis() {
        return this.action.doAction("crm_value.crm_value_equity_action");
    }
}

registry.category("actions").add("crm_value_equity", EquityStatement);
