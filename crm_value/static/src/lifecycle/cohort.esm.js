import {Component, useState} from "@odoo/owl";
import {MEASURES, layOut} from "./cohort_measures.esm";
import {formatMonth, formatShortMonth} from "../core/month.esm";
import {migrationRows, pairDomain} from "../core/rows.esm";
import {Layout} from "@web/search/layout";
import {ValueChoice} from "../core/choice.esm";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShare} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const GRAINS = [
    {key: "month", label: _t("Month")},
    {key: "quarter", label: _t("Quarter")},
    {key: "year", label: _t("Year")},
];

// What became of the customers who first bought in the same month, quarter or year.
export class CohortMap extends Component {
    static template = "crm_value.CohortMap";
    static components = {Layout, ValueChoice};
    static props = {...standardActionServiceProps};
    static displayName = _t("Cohorts");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.grains = GRAINS;
        this.formatInteger = formatInteger;
        this.formatMonth = formatMonth;
        this.formatShare = formatShare;
        this.asked = useState({grain: "month", measure: "kept", all: false});
        this.loading = useLoadingAtOnce(() =>
            orm.call("crm.value.migration", "get_cohorts", [this.asked.grain])
        );
    }

    get map() {
        return this.loading.data;
    }

    get measures() {
        return MEASURES.filter(({officer}) => this.map.officer || !officer);
    }

    get measure() {
        return MEASURES.find(({key}) => key === this.asked.measure);
    }

    // Cohorts from before the history have no first period to show.
    get cohorts() {
        const {cohorts} = this.map;
        return this.asked.all ? cohorts : cohorts.filter(({seen}) => seen);
    }

    /** What the cohorts together say, period by period. */
    get averages() {
        return this.map.averages[this.measure.key][this.asked.all ? "all" : "seen"];
    }

    get olderCount() {
        return this.map.cohorts.length - this.cohorts.length;
    }

    get table() {
        return layOut(this.cohorts, this.measure.key);
    }

    get unit() {
        return {
            month: _t("Months since the first purchase"),
            quarter: _t("Quarters since the first purchase"),
            year: _t("Years since the first purchase"),
        }[this.map.grain];
    }

    get sentence() {
        const {shares, said} = this.averages;
        if (said === null) {
            return _t("Too few customers are known to say more");
        }
        const values = {
            what: this.measure.label,
            share: formatShare(shares[said]),
            time: said,
        };
        return {
            month: _t("%(what)s after %(time)s months: %(share)s", values),
            quarter: _t("%(what)s after %(time)s quarters: %(share)s", values),
            year: _t("%(what)s after %(time)s years: %(share)s", values),
        }[this.map.grain];
    }

    formatStart(start) {
        const day = deserializeDate(start);
        return {
            month: () => formatShortMonth(start),
            quarter: () =>
                _t("Q%(quarter)s %(year)s", {quarter: day.quarter, year: day.year}),
            year: () => String(day.year),
        }[this.map.grain]();
    }

    describe({part, whole, date_to: end, known}) {
        const isMoney = ["sales", "profit"].includes(this.measure.key);
        const format = (value) =>
            isMoney
                ? formatCurrency(value, this.map.currency_id)
                : formatInteger(value);
        const number = (value) => (typeof value === "number" ? format(value) : "–");
        return _t("%(month)s: %(part)s of %(whole)s; %(known)s customers known", {
            month: formatMonth(end),
            part: number(part),
            whole: number(whole),
            known: formatInteger(known),
        });
    }

    shade(share) {
        if (share === null) {
            return "";
        }
        const depth = Math.min(Math.max(share, 0), 1);
        const light = depth > 0.65 ? "; color: white" : "";
        return `background-color: rgba(${this.measure.tint}, ${0.05 + 0.85 * depth})${light}`;
    }

    askGrain(grain) {
        this.asked.grain = grain;
        return this.loading.reload();
    }

    chooseMeasure(measure) {
        this.asked.measure = measure;
    }

    toggleAll() {
        this.asked.all = !this.asked.all;
    }

    openCell(cohort, cell) {
        const until = deserializeDate(cohort.start).plus({[`${this.map.grain}s`]: 1});
        const name = `${this.formatStart(cohort.start)} → ${formatMonth(cell.date_to)}`;
        const domain = [
            ...pairDomain(this.map.company_id, cell),
            ["first_purchase_date", ">=", cohort.start],
            ["first_purchase_date", "<", until.toISODate()],
            ["move", "!=", "gone"],
        ];
        return this.action.doAction(migrationRows(name, domain, this.measure.filter));
    }
}

registry.category("actions").add("crm_value_cohorts", CohortMap);
