import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {MEASURES, layOut} from "./cohort_measures.esm";
import {formatMonth, formatShortMonth} from "../core/month.esm";
import {pairDomain} from "../core/rows.esm";
import {_t} from "@web/core/l10n/translation";
import {describeNobodyLost} from "./stage.esm";
import {deserializeDate} from "@web/core/l10n/dates";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShare, isKnown} from "../core/format.esm";
import {registry} from "@web/core/registry";

const GRAINS = [
    {key: "month", label: _t("Month")},
    {key: "quarter", label: _t("Quarter")},
    {key: "year", label: _t("Year")},
];

// What became of the customers who first bought in the same month, quarter or year.
export class CohortMap extends Screen {
    static template = "crm_value.CohortMap";
    static displayName = _t("Cohorts");

    setup() {
        super.setup();
        this.grains = GRAINS;
        this.formatMonth = formatMonth;
        this.asked = useState({grain: "month", measure: "kept", all: false});
    }

    load() {
        return this.orm.call("crm.value.migration", "get_cohorts", [this.asked.grain]);
    }

    get measures() {
        return MEASURES.filter(({officer}) => this.found.officer || !officer);
    }

    get measure() {
        return MEASURES.find(({key}) => key === this.asked.measure);
    }

    // Cohorts from before the history have no first period to show.
    get cohorts() {
        const {cohorts} = this.found;
        return this.asked.all ? cohorts : cohorts.filter(({seen}) => seen);
    }

    /** What the cohorts together say, period by period. */
    get averages() {
        return this.found.averages[this.measure.key][this.asked.all ? "all" : "seen"];
    }

    get olderCount() {
        return this.found.cohorts.length - this.cohorts.length;
    }

    sayKnown({known}) {
        return _t("of %s", formatInteger(known));
    }

    get table() {
        return layOut(this.cohorts, this.measure.key);
    }

    get unit() {
        return {
            month: _t("Months since the first purchase"),
            quarter: _t("Quarters since the first purchase"),
            year: _t("Years since the first purchase"),
        }[this.found.grain];
    }

    get scope() {
        return _t(
            "%(company)s: customers by their first purchase. The history begins in %(begins)s; nothing is known about the time before. Click a cell to see who they are.",
            {
                company: this.found.company,
                begins: this.formatMonth(this.found.begins),
            }
        );
    }

    get olderLabel() {
        return _t("Show %(count)s older cohorts", {count: this.olderCount});
    }

    get sentence() {
        const {shares, said} = this.averages;
        if (said === null) {
            return _t("Too few customers to say more");
        }
        const values = {
            what: this.measure.label,
            share: formatShare(shares[said]),
            time: said,
        };
        return {
            month:
                said === 1
                    ? _t("%(what)s after 1 month: %(share)s", values)
                    : _t("%(what)s after %(time)s months: %(share)s", values),
            quarter:
                said === 1
                    ? _t("%(what)s after 1 quarter: %(share)s", values)
                    : _t("%(what)s after %(time)s quarters: %(share)s", values),
            year:
                said === 1
                    ? _t("%(what)s after 1 year: %(share)s", values)
                    : _t("%(what)s after %(time)s years: %(share)s", values),
        }[this.found.grain];
    }

    get reason() {
        const {shares, said} = this.averages;
        const nobody = {kept: 1, churn: 0}[this.measure.key];
        return said !== null && shares[said] === nobody ? describeNobodyLost() : "";
    }

    formatStart(start) {
        const day = deserializeDate(start);
        return {
            month: () => formatShortMonth(start),
            quarter: () =>
                _t("Q%(quarter)s %(year)s", {quarter: day.quarter, year: day.year}),
            year: () => String(day.year),
        }[this.found.grain]();
    }

    describe({part, whole, date_to: end, known}) {
        const isMoney = ["sales", "profit"].includes(this.measure.key);
        const format = (value) =>
            isMoney
                ? formatCurrency(value, this.found.currency_id)
                : formatInteger(value);
        const number = (value) => (isKnown(value) ? format(value) : "–");
        return _t("%(month)s: %(part)s of %(whole)s; customers known: %(known)s", {
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
        // The letters of the page stay readable on the deepest.
        return `background-color: rgba(${this.measure.tint}, ${0.05 + 0.4 * depth})`;
    }

    askGrain(grain) {
        return this.ask({grain});
    }

    chooseMeasure(measure) {
        this.asked.measure = measure;
    }

    toggleAll() {
        this.asked.all = !this.asked.all;
    }

    openCell(cohort, cell) {
        const until = deserializeDate(cohort.start).plus({[`${this.found.grain}s`]: 1});
        const name = _t("%(from)s → %(to)s", {
            from: this.formatStart(cohort.start),
            to: formatMonth(cell.date_to),
        });
        const domain = [
            ...pairDomain(this.found.company_id, cell),
            ["first_purchase_date", ">=", cohort.start],
            ["first_purchase_date", "<", until.toISODate()],
            ["move", "!=", "gone"],
        ];
        const {filter} = this.measure;
        return this.openRows(name, "crm.value.migration", domain, {filter});
    }
}

registry.category("actions").add("crm_value_cohorts", CohortMap);
