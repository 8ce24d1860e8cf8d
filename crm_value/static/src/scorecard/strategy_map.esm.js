import {formatScore, formatSigned, isKnown} from "../core/format.esm";
import {lightOf, VERDICTS, verdictOf} from "./map_signs.esm";
import {sayMeasures, sayMonths} from "../core/words.esm";
import {MapArrows} from "./map_arrows.esm";
import {MapEvidence} from "./evidence.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatMonth} from "../core/month.esm";
import {optionsOf} from "../core/choice.esm";
import {registry} from "@web/core/registry";
import {sparkPath} from "./map_layout.esm";
import {useState} from "@odoo/owl";

const SPARK = {width: 68, height: 22};
const SHAPES = optionsOf({map: _t("Map"), table: _t("Table")});

// The objectives of the strategy in four bands, and how the arrows between them stood
// the test.
export class StrategyMap extends Screen {
    static template = "crm_value.StrategyMap";
    static components = {...Screen.components, MapArrows, MapEvidence};
    static displayName = _t("Strategy Map");

    setup() {
        super.setup();
        this.asked = useState({month: null, shape: "map", link: null});
        Object.assign(this, {formatMonth, lightOf, spark: SPARK, verdictOf});
        this.shapes = SHAPES;
        this.verdicts = Object.entries(VERDICTS).map(([key, told]) => ({key, ...told}));
        this.nameLink = this.nameLink.bind(this);
    }

    load() {
        return this.orm.call("crm.value.strategy", "get_map", [this.asked.month]);
    }

    get strategy() {
        return this.found.strategy;
    }

    get months() {
        return [...this.found.months].sort().reverse();
    }

    get objectives() {
        return this.found.perspectives.flatMap(({objectives}) => objectives);
    }

    get link() {
        return this.found.links.find(({id}) => id === this.asked.link);
    }

    get title() {
        const {name, version, proposition_name: proposition} = this.strategy;
        return _t("%(name)s, version %(version)s: %(proposition)s", {
            name,
            version,
            proposition,
        });
    }

    nameOf(id) {
        return this.objectives.find((objective) => objective.id === id)?.name || "";
    }

    /** @returns {String} an arrow, as read aloud */
    nameLink({cause, effect}) {
        return _t("%(cause)s → %(effect)s", {
            cause: this.nameOf(cause),
            effect: this.nameOf(effect),
        });
    }

    sayLag({lag}) {
        return lag ? sayMonths(lag) : _t("same month");
    }

    saySign({sign}) {
        return sign === "negative" ? _t("Worse With It") : _t("Better With It");
    }

    sayMissing({missing}) {
        return _t("Without a value: %(measures)s", {measures: sayMeasures(missing)});
    }

    sayWorst({worst}) {
        return _t("Lowest: %(name)s %(score)s", {
            name: worst.name,
            score: formatScore(worst.score),
        });
    }

    sayYear({score, year_ago: before}) {
        if (!isKnown(score) || !isKnown(before)) {
            return "";
        }
        const change = formatSigned(score - before);
        return change === formatScore(0)
            ? _t("As a year ago")
            : _t("%(change)s on a year ago", {change});
    }

    sparkOf({trend}) {
        return sparkPath(trend, SPARK);
    }

    askMonth(month) {
        return this.ask({month});
    }

    chooseShape(shape) {
        this.asked.shape = shape;
    }

    openEvidence(id) {
        this.asked.link = id;
    }

    closeEvidence() {
        this.asked.link = null;
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** List the objectives of the version that is shown. */
    openObjectives() {
        return this.action.doAction("crm_value.crm_value_objective_action", {
            additionalContext: {
                search_default_strategy_id: this.strategy.id,
                default_strategy_id: this.strategy.id,
            },
        });
    }

    openNew() {
        return this.action.doAction("crm_value.crm_value_strategy_template_action", {
            onClose: () => this.loading.reload(),
        });
    }

    /** Open a dialog about the strategy, and show what came of it. */
    openDialog(name) {
        return this.action.doAction(`crm_value.${name}`, {
            additionalContext: {
                active_model: "crm.value.strategy",
                active_id: this.strategy.id,
                default_strategy_id: this.strategy.id,
            },
            onClose: () => this.loading.reload(),
        });
    }
}

registry.category("actions").add("crm_value_strategy_map", StrategyMap);
