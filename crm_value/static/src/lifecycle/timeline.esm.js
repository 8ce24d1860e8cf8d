import {Component} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// The stages a customer has gone through, in the order of time.
export class ValueTimeline extends Component {
    static template = "crm_value.ValueTimeline";
    static props = {...standardWidgetProps};

    setup() {
        const orm = useService("orm");
        this.loading = useLoadingAtOnce(() => {
            const {resModel, resId} = this.props.record;
            return orm.call(resModel, "get_timeline", [[resId]]);
        });
    }

    formatDate(date) {
        return formatDate(deserializeDate(date));
    }
}

registry.category("view_widgets").add("value_timeline", {component: ValueTimeline});
