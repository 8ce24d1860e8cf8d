import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";

// What the customer paid before, what others pay, and the price that is typed.
export class PricePopover extends Component {
    static template = "crm_value.PricePopover";
    static props = {ruler: Object, isCost: Boolean, close: Function};

    get at() {
        return this.props.ruler.at;
    }

    /** A stretch of the scale, from one price to another. */
    stretch(from, to) {
        const left = this.at[from];
        return `left: ${left}%; width: ${Math.max(this.at[to] - left, 1)}%`;
    }
}

// A button on a line of a quotation that opens the ruler; coloured if something is wrong.
export class PriceRuler extends Component {
    static template = "crm_value.PriceRuler";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.popover = usePopover(PricePopover, {position: "top"});
    }

    get data() {
        return this.props.record.data;
    }

    get value() {
        return this.data.value_price;
    }

    get order() {
        const {data, resId} = this.props.record.model.root;
        return {
            id: resId || 0,
            partner_id: data.partner_id?.id || 0,
            company_id: data.company_id?.id || 0,
            currency_id: data.currency_id?.id || 0,
        };
    }

    get line() {
        return {
            key: "line",
            product_id: this.data.product_id.id,
            product_uom_id: this.data.product_uom_id.id,
            price: this.value.price,
            floor: this.value.floor,
        };
    }

    async show(ev) {
        const target = ev.currentTarget;
        const args = [this.order, [this.line]];
        const rulers = await this.orm.call("sale.order", "get_price_memory", args);
        this.popover.open(target, {
            ruler: rulers.line,
            isCost: this.value.is_cost,
        });
    }
}

registry.category("view_widgets").add("value_price_ruler", {
    component: PriceRuler,
    fieldDependencies: [
        {name: "product_id", type: "many2one"},
        {name: "product_uom_id", type: "many2one"},
    ],
});
