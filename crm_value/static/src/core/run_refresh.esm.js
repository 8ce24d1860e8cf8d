import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const INTERVAL = 2000;

// Reloads a record every two seconds as long as it waits or works.
export class RunRefresh extends Component {
    static template = "crm_value.RunRefresh";
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = browser.setInterval(() => this.refresh(), INTERVAL);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get isBusy() {
        return ["queued", "running"].includes(this.props.record.data.state);
    }

    async refresh() {
        const {record} = this.props;
        if (this.loading || !this.isBusy || !record.resId || record.dirty) {
            return;
        }
        this.loading = true;
        try {
            await record.load();
        } finally {
            this.loading = false;
        }
    }
}

registry.category("view_widgets").add("value_run_refresh", {component: RunRefresh});
