import {formatShortShare} from "../core/format.esm";
import {sayDays} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatList} from "@web/core/l10n/utils";
import {registry} from "@web/core/registry";
import {spellConfig} from "./spell_config.esm";
import {stageColor} from "./stage.esm";

function formatNames(stages) {
    return formatList(stages.map(({name}) => name));
}

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
            "%(company)s: as seen at month ends. The median and its %(held)s interval include customers who are still there (Kaplan, Meier 1958). The mean is of those who left: stays that go on are missing from it, and of those begun before the first month end it has the long ones only. A line ends where too few stays were seen at that age to tell.",
            {company: this.found.company, held: formatShortShare(0.95)}
        );
    }

    describeFew({at_risk: count}) {
        return _t("Customers who stayed this long: only %(count)s", {count});
    }

    get sentence() {
        const {lasting, longest} = this.found;
        if (lasting.length) {
            return _t(
                "%(stages)s: more than half stay for longer than can be seen yet",
                {stages: formatNames(lasting)}
            );
        }
        return longest
            ? _t("%(stage)s lasts the longest: half stay more than %(days)s", {
                  stage: longest.name,
                  days: sayDays(longest.median),
              })
            : _t("How long customers stay in a stage cannot be seen yet");
    }

    // The next longest, and those that chance alone may have made shorter.
    get detail() {
        const {alike, lasting, longest} = this.found;
        const said = [];
        if (lasting.length && longest) {
            said.push(
                _t(
                    "Of the others, %(stage)s lasts the longest: half stay more than %(days)s.",
                    {stage: longest.name, days: sayDays(longest.median)}
                )
            );
        }
        if (alike.length) {
            said.push(
                _t("%(stages)s may last as long: the difference may be chance.", {
                    stages: formatNames(alike),
                })
            );
        }
        return said.join(" ");
    }

    describeInterval({low, high}) {
        if (low === null) {
            return "";
        }
        return high === null
            ? _t("%s or more", formatInteger(low))
            : `${formatInteger(low)}–${formatInteger(high)}`;
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
