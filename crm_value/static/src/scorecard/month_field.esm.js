import {DateTimeField, dateField} from "@web/views/fields/datetime/datetime_field";
import {Component} from "@odoo/owl";
import {formatMonth} from "../core/month.esm";
import {registry} from "@web/core/registry";

// The first day of a month, shown as the month.
export class MonthField extends Component {
    static template = "crm_value.MonthField";
    static components = {DateTimeField};
    static props = {...DateTimeField.props};

    get text() {
        const day = this.props.record.data[this.props.name];
        return day ? formatMonth(day.toISODate()) : "";
    }
}

registry.category("fields").add("value_month", {...dateField, component: MonthField});
