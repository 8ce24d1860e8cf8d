import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {Component} from "@odoo/owl";
import {answered} from "../core/action.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// One line of time for all that has happened with a customer, a lane for each kind.
export class ValueLife extends Component {
    static template = "crm_value.ValueLife";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.loading = useLoadingAtOnce(() => this.call("get_life"));
    }

    call(method, ...args) {
        const {resModel, resId} = this.props.record;
        return this.orm.call(resModel, method, [[resId], ...args]);
    }

    get life() {
        return this.loading.data;
    }

    formatDate(date) {
        return formatDate(deserializeDate(date));
    }

    /** How far along the line a day is, in percent. */
    place(date) {
        const [from, until, day] = [this.life.from, this.life.until, date].map((one) =>
            deserializeDate(one).toMillis()
        );
        return until > from ? Math.min(100, (100 * (day - from)) / (until - from)) : 0;
    }

    style(lane, event) {
        const left = this.place(event.date);
        if (!("until" in event)) {
            return `left: ${left}%;`;
        }
        const right = event.until ? this.place(event.until) : 100;
        return `left: ${left}%; width: ${Math.max(right - left, 0.5)}%;`;
    }

    say(event) {
        const date = this.formatDate(event.date);
        return event.text ? `${date}: ${event.text}` : date;
    }

    async openLane(lane) {
        return this.action.doAction(answered(await this.call(...lane.open)));
    }

    openEvent(event) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: event.model,
            res_id: event.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("value_life", {component: ValueLife});
