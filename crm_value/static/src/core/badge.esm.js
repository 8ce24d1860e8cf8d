import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// A customer at a glance on a document, coloured where something is wrong; opens the
// profile. The view holds value_strip as well.
export class ValueBadge extends Component {
    static template = "crm_value.ValueBadge";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get profile() {
        return this.props.record.data[this.props.name];
    }

    get signs() {
        return this.props.record.data.value_strip || [];
    }

    get isScored() {
        return this.signs.some(({code}) => code === "quadrant");
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
