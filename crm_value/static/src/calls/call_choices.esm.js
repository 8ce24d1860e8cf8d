import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

// Who a call was from, on the call's own page, with those it could be.
export class CallChoices extends Component {
    static template = "crm_value.CallChoices";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({card: null});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(({record}) => this.load(record.resId));
    }

    async load(id) {
        const ask = () => this.orm.call("crm.value.call", "get_card", [[id]]);
        this.state.card = id ? await ask() : null;
    }

    async choose(partnerId) {
        const {record} = this.props;
        const args = [[record.resId], partnerId];
        await this.orm.call("crm.value.call", "action_choose", args);
        await record.load();
    }
}

registry.category("view_widgets").add("value_call_choices", {component: CallChoices});
