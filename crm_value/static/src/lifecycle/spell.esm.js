import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {spellConfig} from "./spell_config.esm";
import {stageColor} from "./stage.esm";

// How long customers stay in each stage.
export class TimeInStage extends Screen {
    static template = "crm_value.TimeInStage";
    static displayName = _t("Time in Stage");

    setup() {
        super.setup();
        this.label = _t("Share still in the stage, by days since it began");
        this.stageColor = stageColor;
    }

    async load() {
        const times = await this.orm.call("crm.value.spell", "get_times", []);
        return {...times, config: spellConfig(times.stages)};
    }

    get sentence() {
        const {longest} = this.found;
        if (!longest) {
            return _t("In each stage, half of the customers or more have stayed");
        }
        return _t("%(stage)s lasts the longest: half stay more than %(days)s days", {
            stage: longest.name,
            days: formatInteger(longest.median),
        });
    }

    get basis() {
        return _t(
            "%s: as the month ends saw it. The median counts those who are still there as well (Kaplan, Meier 1958); the mean of those who left alone is too short.",
            this.found.company
        );
    }

    sayUnsure({at_risk: count}) {
        return _t("Only %s stayed so long", formatInteger(count));
    }

    formatDays(days) {
        return days === null ? "–" : formatInteger(Math.round(days));
    }

    openStage({id, name}, filter) {
        return this.openRows(
            _t("Time in %(stage)s", {stage: name}),
            "crm.value.spell",
            [
                ["company_id", "=", this.found.company_id],
                ["stage_id", "=", id],
            ],
            {filter}
        );
    }
}

registry.category("actions").add("crm_value_time_in_stage", TimeInStage);
