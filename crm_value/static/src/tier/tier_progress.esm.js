import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// What a customer needs to keep its tier and to reach the next: a row each condition.
export class TierProgress extends Component {
    static template = "crm_value.TierProgress";
    static props = {...standardFieldProps};

    get progress() {
        return this.props.record.data[this.props.name];
    }

    title(goal) {
        const title =
            goal.kind === "keep"
                ? _t("To retain %s", goal.tier)
                : _t("To reach %s", goal.tier);
        return goal.every ? title : _t("%s (any one)", title);
    }
}

registry.category("fields").add("value_tier_progress", {component: TierProgress});
