import {Component} from "@odoo/owl";
import {answered} from "./action.esm";
import {formatScore, isKnown} from "./format.esm";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// A field of plain data that the server has put into words, with ways to what is behind.
export class RecordField extends Component {
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        Object.assign(this, {formatScore, isKnown});
    }

    /** The data, false where there are none. */
    get value() {
        return this.props.record.data[this.props.name];
    }

    /** Open what a method of the record answers. */
    async open(method, ...args) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, method, [[resId], ...args]);
        return this.action.doAction(answered(action));
    }
}
