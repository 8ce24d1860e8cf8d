import {Component} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {spellConfig} from "./spell_config.esm";
import {stageColor} from "./stage.esm";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// How long customers stay in each stage.
export class TimeInStage extends Component {
    static template = "crm_value.TimeInStage";
    static components = {Layout, ValueChart};
    static props = {...standardActionServiceProps};
    static displayName = _t("Time in Stage");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.label = _t("Share still in the stage, by days since it began");
        this.formatInteger = formatInteger;
        this.stageColor = stageColor;
        this.loading = useLoadingAtOnce(async () => {
            const times = await orm.call("crm.value.spell", "get_times", []);
            return {...times, config: spellConfig(times.stages)};
        });
    }

    get times() {
        return this.loading.data;
    }

    get sentence() {
        const {longest} = this.times;
        if (!longest) {
            return _t("In each stage, half of the customers or more have stayed");
        }
        return _t("%(stage)s lasts the longest: half stay more than %(days)s days", {
            stage: longest.name,
            days: formatInteger(longest.median),
        });
    }

    formatDays(days) {
        return days === null ? "–" : formatInteger(Math.round(days));
    }

    openStage({id, name}, filter) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Time in %(stage)s", {stage: name}),
            res_model: "crm.value.spell",
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
            ],
            domain: [
                ["company_id", "=", this.times.company_id],
                ["stage_id", "=", id],
            ],
            context: filter ? {[`search_default_${filter}`]: 1} : {},
        });
    }
}

registry.category("actions").add("crm_value_time_in_stage", TimeInStage);
