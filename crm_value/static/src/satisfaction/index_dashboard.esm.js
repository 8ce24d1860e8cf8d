import {sayPeople, sayResponses} from "../core/words.esm";
import {onWillUnmount, useState} from "@odoo/owl";
import {AnswersScreen} from "./answers_screen.esm";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatInteger} from "@web/views/fields/formatters";
import {ImportanceMap} from "./importance.esm";
import {IndexDiagram} from "./diagram.esm";
import {_t} from "@web/core/l10n/translation";
import {formatEffect, formatScore, formatShortShare, isKnown} from "../core/format.esm";
import {formatShortMonth} from "../core/month.esm";
import {historyConfig} from "./measures_config.esm";
import {registry} from "@web/core/registry";

const AGAIN = 3000; // Milliseconds between two looks at what is being estimated

// An index over time, as a model, and what to improve first.
export class IndexDashboard extends AnswersScreen {
    static template = "crm_value.IndexDashboard";
    static components = {...AnswersScreen.components, ImportanceMap, IndexDiagram};
    static displayName = _t("Satisfaction Index");

    setup() {
        super.setup();
        this.formatEffect = formatEffect;
        this.asked = useState({index: null, result: null});
        onWillUnmount(() => clearTimeout(this.timer));
    }

    async load() {
        const {index, result} = this.asked;
        const found = await this.orm.call("crm.value.index", "get_dashboard", [
            index,
            result,
        ]);
        clearTimeout(this.timer);
        if (found.working.length) {
            this.timer = setTimeout(() => this.look(), AGAIN);
        }
        const points = found.results
            .filter(({id}) => found.line.includes(id))
            .map((one) => ({
                ...one,
                label: this.formatPeriod(one),
                n: one.answer_count,
            }));
        const limits = {min: 40, max: 100, label: found.target || ""};
        const config = historyConfig(points, limits, ({id}) => this.show(id));
        return {...found, config, periodCount: points.length};
    }

    /** Look again without the screen turning blank. */
    async look() {
        const found = await this.load();
        this.loading.data = found;
    }

    get result() {
        return this.found.result;
    }

    get target() {
        const {constructs, target_id: target} = this.result;
        return constructs.find(({id}) => id === target);
    }

    get sentence() {
        return _t("%(target)s: %(value)s of 100", {
            target: this.found.target,
            value: formatScore(this.result.value),
        });
    }

    get basis() {
        const {low, high, rule} = this.result;
        const facts = {
            company: this.found.company,
            period: this.formatPeriod(this.result),
            count: this.sayPeople(this.result),
            rule,
        };
        if (!isKnown(low)) {
            return _t(
                "%(company)s, %(period)s: %(count)s, no interval. Weights: %(rule)s.",
                facts
            );
        }
        return _t(
            "%(company)s, %(period)s: %(count)s, %(held)s interval %(low)s to %(high)s. Weights: %(rule)s.",
            {
                ...facts,
                held: formatShortShare(0.95),
                low: formatScore(low),
                high: formatScore(high),
            }
        );
    }

    /** Older results know their people only. */
    sayPeople({answer_count: people, given_count: given}) {
        return given
            ? _t("%(given)s of %(people)s", {
                  given: sayResponses(given),
                  people: sayPeople(people),
              })
            : sayPeople(people);
    }

    /** This result against all others of the index. */
    get howToStart() {
        return _t(
            "Send one of its surveys: %(surveys)s. When a period with responses is over, the index is estimated automatically; path effects require %(fewest)s responses.",
            {
                surveys: this.found.surveys.join(", "),
                fewest: this.found.min_answers,
            }
        );
    }

    get benchmark() {
        if (!this.found.past) {
            return "";
        }
        const {mean, best} = this.found.past;
        return _t(
            "Compared with your own history: average %(mean)s, best %(best)s in %(period)s.",
            {
                mean: formatScore(mean),
                best: formatScore(best.value),
                period: this.formatPeriod(best),
            }
        );
    }

    /** What to improve first: strong on satisfaction, and below the others. */
    get advice() {
        const {first} = this.result;
        if (!this.result.means) {
            return _t(
                "The responses do not tell which construct acts on satisfaction, so none is recommended."
            );
        }
        if (!first) {
            return "";
        }
        const facts = {
            name: first.name,
            total: formatEffect(first.importance),
            value: formatScore(first.value),
        };
        return first.urgent
            ? _t(
                  "%(name)s has a strong effect on satisfaction (%(total)s) and scores below the others (%(value)s).",
                  facts
              )
            : _t(
                  "No driver combines a strong effect with a low score. %(name)s has the greatest potential: effect %(total)s, index %(value)s.",
                  facts
              );
    }

    /** How many answered without care, and what that does to the index. */
    get carelessness() {
        const {straight, fast, ...effect} = this.result.careless;
        return _t(
            "Made the same choice in all questions: %(straight)s; needed less than half the median time: %(fast)s. Index with them %(with)s, without them %(without)s.",
            {
                straight: formatInteger(straight),
                fast: formatInteger(fast),
                with: formatScore(effect.with),
                without: formatScore(effect.without),
            }
        );
    }

    /** The other way is another result beside this one. */
    async switchCareless() {
        this.asked.result = await this.orm.call(
            "crm.value.index.result",
            "action_switch_careless",
            [[this.result.id]]
        );
        return this.look();
    }

    itemsOf({id}) {
        return this.result.items.filter(
            ({construct_id: construct}) => construct === id
        );
    }

    formatPeriod({date_from: since, date_to: until}) {
        const [first, last] = [since, until].map(deserializeDate);
        if (first.day > 1 || last.plus({days: 1}).day > 1) {
            return `${formatDate(first)} – ${formatDate(last)}`;
        }
        const [begin, end] = [since, until].map(formatShortMonth);
        return begin === end ? begin : `${begin} – ${end}`;
    }

    sayEstimating(period) {
        return _t("Estimating %s", this.formatPeriod(period));
    }

    get failure() {
        const {failed} = this.found;
        return _t("%(period)s: %(message)s", {
            period: this.formatPeriod(failed),
            message: failed.message,
        });
    }

    formatEnds(low, high, format) {
        return isKnown(low)
            ? _t("%(low)s to %(high)s", {low: format(low), high: format(high)})
            : "";
    }

    chooseIndex(index) {
        return this.ask({index, result: null});
    }

    show(result) {
        return this.ask({index: this.found.index_id, result});
    }

    async estimate() {
        await this.orm.call("crm.value.index", "action_estimate", [
            [this.found.index_id],
        ]);
        return this.look();
    }

    openResults() {
        return this.action.doAction("crm_value.crm_value_index_result_action");
    }
}

registry.category("actions").add("crm_value_reading", IndexDashboard);
