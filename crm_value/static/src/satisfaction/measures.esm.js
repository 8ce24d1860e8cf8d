import {sayDays, sayPeople, sayResponses} from "../core/words.esm";
import {AnswersScreen} from "./answers_screen.esm";
import {useState} from "@odoo/owl";
import {
    formatScore,
    formatShare,
    formatShortShare,
    formatSigned,
    isKnown,
} from "../core/format.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShortMonth} from "../core/month.esm";
import {historyConfig} from "./measures_config.esm";
import {optionsOf} from "../core/choice.esm";
import {registry} from "@web/core/registry";

const MEASURES = [
    {key: "csi", label: _t("Satisfaction Index"), min: 40, max: 100},
    {key: "nps", label: _t("Net Promoter Score"), min: -50, max: 50},
    {key: "csat", label: _t("CSAT"), min: 40, max: 100},
];

// A share in percent, a balance with its sign, points of 100.
const FORMATS = {
    csat: (value) => (isKnown(value) ? formatShare(value / 100) : ""),
    nps: formatSigned,
};
const formatOf = (key) => FORMATS[key] || formatScore;

// What was answered, group by group: every figure with its interval, n and age.
export class Measures extends AnswersScreen {
    static template = "crm_value.Measures";
    static displayName = _t("Satisfaction");

    setup() {
        super.setup();
        this.measures = MEASURES;
        this.asked = useState({
            grouping: "stage_id",
            days: 365,
            audience: "customer",
            measure: null,
        });
    }

    async load() {
        const {grouping, days, audience} = this.asked;
        const ask = (method, ...args) =>
            this.orm.call("crm.value.answer", method, args);
        const [found, before, months] = await Promise.all([
            ask("get_measures", grouping, days, audience),
            ask("get_measures_before", grouping, days, audience),
            ask("get_measures_by_month", grouping, audience),
        ]);
        const charts = Object.fromEntries(
            MEASURES.map((measure) => [measure.key, this.chart(months, measure)])
        );
        return {...found, ...before, ...months, charts};
    }

    get total() {
        return this.found.total;
    }

    /** The measure of the chart. */
    get shown() {
        const shown = this.asked.measure || this.found.shown;
        return MEASURES.find(({key}) => key === shown);
    }

    chart({history}, {key, ...limits}) {
        const points = history.map((month) => ({
            ...month[key],
            label: formatShortMonth(`${month.key}-01`),
        }));
        return historyConfig(points, limits);
    }

    get periods() {
        return this.found.periods.map((days) => ({
            key: days,
            label: days ? sayDays(days) : _t("All time"),
        }));
    }

    get groupings() {
        return optionsOf(this.found.groupings);
    }

    get audiences() {
        return optionsOf(this.found.audiences);
    }

    get sentence() {
        const {csi, nps, answers} = this.total;
        const values = {
            answers: formatInteger(answers),
            csi: formatScore(csi.value),
            nps: formatSigned(nps.value),
        };
        if (this.found.headline === "csi") {
            return _t("The satisfaction index is %(csi)s of 100", values);
        }
        if (this.found.headline === "nps") {
            return _t("The net promoter score is %(nps)s", values);
        }
        return _t("%(answers)s to surveys", values);
    }

    get scope() {
        const {answers, people, age, response} = this.total;
        const values = {
            company: this.found.company,
            answers: sayResponses(answers),
            people: sayPeople(people),
            days: sayDays(Math.round(age)),
        };
        if (response === null) {
            return _t(
                "%(company)s: %(answers)s of %(people)s, on average %(days)s old.",
                values
            );
        }
        return _t(
            "%(company)s: %(answers)s of %(people)s, on average %(days)s old; response rate %(rate)s.",
            {...values, rate: this.formatShare(response)}
        );
    }

    get notes() {
        return _t(
            "A person who answers a survey several times in the period counts once, with the newest response. Satisfaction index: mean of the satisfaction questions, 0–100, weighted as in the latest result of their index. Net promoter score: percentage of promoters (9–10) minus percentage of detractors (0–6). CSAT: percentage of the top two of five answers. Intervals are %(held)s confidence intervals. Groups with fewer than %(few)s responses are not shown. Hover over a figure for its change from the previous period.",
            {few: this.found.few, held: formatShortShare(0.95)}
        );
    }

    get staffNote() {
        return _t(
            "Employee results are reported for complete survey rounds only, so that nobody can be identified. A round counts after its last day if at least %(few)s employees answered all relevant questions, is dated to that day and then never changes. Skipped questions, late responses and people who were not invited do not count.",
            {few: this.found.few, held: formatShortShare(0.95)}
        );
    }

    sayTooFew({n}) {
        return _t("too few responses, n = %s", formatInteger(n));
    }

    sayValue(measure, key) {
        return formatOf(key)(measure.value);
    }

    sayInterval({low, high}, key) {
        const format = formatOf(key);
        return isKnown(low)
            ? _t("%(low)s to %(high)s", {low: format(low), high: format(high)})
            : _t("no interval");
    }

    /** What a tile's figure rests on. */
    sayBasis({low, high, n}, key) {
        const format = formatOf(key);
        const facts = {low: format(low), high: format(high), n: formatInteger(n)};
        return isKnown(low)
            ? _t("%(low)s to %(high)s, n = %(n)s", facts)
            : _t("no interval, n = %(n)s", facts);
    }

    sayCount({n}) {
        return _t("n = %s", formatInteger(n));
    }

    /** How much a measure has changed, where both periods are told. */
    sayChange(now, before) {
        return before?.told
            ? _t("%s vs. previous period", formatSigned(now.value - before.value))
            : "";
    }

    sayAge(age) {
        return sayDays(Math.round(age));
    }

    /** Where this period stands in the company's own history. */
    get benchmark() {
        const {key, label} = this.shown;
        if (!this.found.past[key]) {
            return "";
        }
        const {mean, best, worst} = this.found.past[key];
        return _t(
            "%(measure)s compared with your own history: best in %(best)s (%(high)s), worst in %(worst)s (%(low)s), average %(mean)s.",
            {
                measure: label,
                best: formatShortMonth(`${best.key}-01`),
                high: this.sayValue(best, key),
                worst: formatShortMonth(`${worst.key}-01`),
                low: this.sayValue(worst, key),
                mean: this.sayValue({value: mean}, key),
            }
        );
    }

    /** Open the responses behind a figure of a group, or of all. */
    openMeasure(group, {key, label}) {
        const name = group === this.total ? label : `${label}, ${group.label}`;
        return this.openResponses(name, group[key].domain);
    }

    sayResponsesOf({key}) {
        return _t("Show these: %(responses)s", {
            responses: sayResponses(this.total[key].n),
        });
    }

    showMeasure(key) {
        this.asked.measure = key;
    }

    openSurveys() {
        return this.action.doAction("crm_value.survey_survey_value_action");
    }
}

registry.category("actions").add("crm_value_measures", Measures);
