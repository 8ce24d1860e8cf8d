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

    title({kind, every, tier}) {
        if (kind === "keep") {
            return every
                ? _t("To retain %s", tier)
                : _t("To retain %s (any one)", tier);
        }
        return every ? _t("To reach %s", tier) : _t("To reach %s (any one)", tier);
    }
}

registry.category("fields").add("value_tier_progress", {component: TierProgress});
