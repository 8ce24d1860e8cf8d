import {Component, useState} from "@odoo/owl";
import {formatCurrency} from "@web/core/currency";
import {formatFloat} from "@web/views/fields/formatters";
import {isKnown} from "../core/format.esm";
import {optionsOf, ValueChoice} from "../core/choice.esm";

const WHOLE = {digits: [16, 0]};
const DIGITS = 3; // of what is foretold nobody knows more

/** A figure of a scenario: customers are counted, all else is money. */
export function formatFigure(key, amount, currency) {
    if (!isKnown(amount)) {
        return "–";
    }
    return key === "customers"
        ? formatFloat(amount, WHOLE)
        : formatCurrency(Number(amount.toPrecision(DIGITS)), currency, WHOLE);
}

/** A difference, with its sign; none before nothing. */
export function formatMove(key, amount, currency) {
    if (!isKnown(amount)) {
        return "–";
    }
    const told = formatFigure(key, Math.abs(amount), currency);
    if (!Math.round(amount)) {
        return told;
    }
    return (amount > 0 ? "+" : "-") + told;
}

/**
 * @param {Array} bars of {low, high}, each by measure or null
 * @param {String} measure
 * @returns {Array} the bars with their ends, the largest first
 */
export function sortedBars(bars, measure) {
    return (
        bars
            .map((bar) => {
                const ends = [bar.low?.[measure], bar.high?.[measure]].filter(isKnown);
                const from = Math.min(0, ...ends);
                const to = Math.max(0, ...ends);
                return {...bar, ends, from, to, size: to - from};
            })
            // A change that leaves the measure alone says in words what it does.
            .filter(({size, is_assumption: isAssumed}) => size > 0 || isAssumed)
            .sort((one, other) => other.size - one.size)
    );
}

// What each change and each assumption does to one measure, the largest first.
export class ScenarioTornado extends Component {
    static template = "crm_value.ScenarioTornado";
    static components = {ValueChoice};
    static props = {report: Object};

    setup() {
        this.asked = useState({measure: "equity"});
        this.choose = (measure) => {
            this.asked.measure = measure;
        };
    }

    get measures() {
        const figures = this.props.report.figures;
        return optionsOf(
            Object.fromEntries(figures.map(({key, label}) => [key, label]))
        );
    }

    get bars() {
        return sortedBars(this.props.report.bars, this.asked.measure);
    }

    get reach() {
        const ends = this.bars.flatMap(({from, to}) => [-from, to]);
        return Math.max(...ends, 0) || 1;
    }

    barStyle({from, to}) {
        const left = 50 + (50 * from) / this.reach;
        const width = Math.max((50 * (to - from)) / this.reach, 0.4);
        return `left: ${left}%; width: ${width}%;`;
    }

    sayEnds({ends}) {
        const {currency_id: currency} = this.props.report;
        const told = ends.map((end) => formatMove(this.asked.measure, end, currency));
        return told.join(" … ") || "–";
    }
}
