import {Component, onMounted, useExternalListener, useRef} from "@odoo/owl";
import {pointsConfig, seriesConfig} from "./evidence_config.esm";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {rowsAction} from "../core/rows.esm";
import {sayMonths} from "../core/words.esm";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";
import {verdictOf} from "./map_signs.esm";

const CUSTOMERS = [
    [false, "list"],
    [false, "form"],
];

// Beside the map: what an arrow was declared to do, what was seen, and what that says.
export class MapEvidence extends Component {
    static template = "crm_value.MapEvidence";
    static components = {ValueChart};
    static props = {link: Object, name: Function, close: Function};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.heading = useRef("heading");
        this.verdictOf = verdictOf;
        this.loading = useLoadingAtOnce(() => this.load());
        onMounted(() => this.heading.el.focus());
        useExternalListener(window, "keydown", ({key}) => {
            if (key === "Escape") {
                this.props.close();
            }
        });
    }

    async load() {
        const found = await this.orm.call("crm.value.objective.link", "get_evidence", [
            [this.props.link.id],
        ]);
        return {
            ...found,
            series: seriesConfig(found),
            points: pointsConfig(found),
        };
    }

    /** What was declared before anybody looked. */
    get declared() {
        const {sign, lag} = this.props.link;
        const facts = {lag: sayMonths(lag)};
        if (sign === "negative") {
            return lag
                ? _t(
                      "Expected: where the cause gets better, the effect gets worse %(lag)s later.",
                      facts
                  )
                : _t(
                      "Expected: where the cause gets better, the effect gets worse in the same month."
                  );
        }
        return lag
            ? _t(
                  "Expected: where the cause gets better, so does the effect %(lag)s later.",
                  facts
              )
            : _t(
                  "Expected: where the cause gets better, so does the effect in the same month."
              );
    }

    openCustomers() {
        const {domain} = this.loading.data;
        return this.action.doAction(
            rowsAction(this.props.name(this.props.link), "crm.value.profile", domain, {
                views: CUSTOMERS,
            })
        );
    }

    openLink() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.value.objective.link",
            res_id: this.props.link.id,
            views: [[false, "form"]],
        });
    }
}
