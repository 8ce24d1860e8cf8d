import {Component} from "@odoo/owl";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {answered} from "../core/action.esm";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShare} from "../core/format.esm";
import {formatShortMonth} from "../core/month.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// How many were in a segment at each month end, who came in and who left.
export class SegmentMonths extends Component {
    static template = "crm_value.SegmentMonths";
    static components = {ValueChart};
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.label = _t("Customers in it at each month end");
        Object.assign(this, {formatInteger, formatShare, formatShortMonth});
        this.loading = useLoadingAtOnce(async () => {
            const found = await this.call("get_months");
            return {...found, config: this.prepareConfig(found.months)};
        });
    }

    call(method, ...args) {
        const {resModel, resId} = this.props.record;
        return this.orm.call(resModel, method, [[resId], ...args]);
    }

    /** The latest month end first: what is asked first. */
    get rows() {
        return [...this.loading.data.months].reverse();
    }

    async open(month, which) {
        const action = await this.call("open_month", month.date, which);
        return this.action.doAction(answered(action));
    }

    prepareConfig(months) {
        return {
            type: "bar",
            data: {
                labels: months.map(({date}) => formatShortMonth(date)),
                datasets: [
                    {
                        label: _t("Customers"),
                        data: months.map(({count}) => count),
                        backgroundColor: "#0b5fa5",
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                scales: {y: {beginAtZero: true, ticks: {precision: 0}}},
                plugins: {legend: {display: false}},
            },
        };
    }
}

registry.category("view_widgets").add("value_segment_months", {
    component: SegmentMonths,
});
