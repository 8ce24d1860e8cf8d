import {formatFigure, formatMove, sortedBars} from "./tornado.esm";
import {isKnown} from "../core/format.esm";
import {registry} from "@web/core/registry";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";

// Up to four scenarios side by side: a column each, today's figures first.
export class ScenarioCompare extends Screen {
    static template = "crm_value.ScenarioCompare";
    static displayName = _t("Scenarios Side by Side");

    load() {
        const {ids = []} = this.props.action.params || {};
        return this.orm.call("crm.value.scenario", "get_comparison", [ids]);
    }

    get scenarios() {
        return this.found.scenarios;
    }

    /** The measures, as rows: each with the figure of every scenario. */
    get rows() {
        const [first] = this.scenarios;
        return first.report.figures.map(({key, label, base}, at) => ({
            key,
            label,
            base,
            cells: this.scenarios.map(({report}) => report.figures[at]),
        }));
    }

    tell(key, amount) {
        return formatFigure(key, amount, this.found.currency_id);
    }

    tellMove(key, amount) {
        return formatMove(key, amount, this.found.currency_id);
    }

    tellRange(key, {low, high}) {
        return isKnown(low)
            ? _t("%(low)s to %(high)s", {
                  low: this.tell(key, low),
                  high: this.tell(key, high),
              })
            : "";
    }

    /** What moves a scenario's equity most, three at most. */
    largest({report}) {
        return sortedBars(report.bars, "equity").slice(0, 3);
    }

    sayBar({ends}) {
        return ends.map((end) => this.tellMove("equity", end)).join(" … ");
    }

    openScenario(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.value.scenario",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openAll() {
        return this.action.doAction("crm_value.crm_value_scenario_action");
    }
}

registry.category("actions").add("crm_value_scenario_compare", ScenarioCompare);
