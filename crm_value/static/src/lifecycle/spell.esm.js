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

    get scope() {
        return _t(
            "%(company)s: as seen at month ends. The median includes customers who are still there (Kaplan, Meier 1958); the mean covers only those who left, and is therefore too short.",
            {company: this.found.company}
        );
    }

    describeFew({at_risk: count}) {
        return _t("Only %(count)s customers stayed this long", {count});
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
