import {Component} from "@odoo/owl";
import {formatScore} from "./format.esm";
import {formatSelection} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// The customer's quadrant, score, stage and tier on a document; opens the profile. The
// view holds value_quadrant, value_score, value_stage_id and value_tier_id as well.
export class ValueBadge extends Component {
    static template = "crm_value.ValueBadge";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get data() {
        return this.props.record.data;
    }

    get profile() {
        return this.data[this.props.name];
    }

    get label() {
        return formatSelection(this.data.value_quadrant, {
            selection: this.props.record.fields.value_quadrant.selection,
        });
    }

    get score() {
        return formatScore(this.data.value_score);
    }

    get stage() {
        return this.data.value_stage_id?.display_name;
    }

    get tier() {
        return this.data.value_tier_id?.display_name;
    }

    open() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.value.profile",
            res_id: this.profile.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("value_badge", {
    component: ValueBadge,
    supportedTypes: ["many2one"],
});
