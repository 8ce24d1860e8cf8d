import {Component, useEffect, useState} from "@odoo/owl";
import {SuggestionList} from "./suggestion_list.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

// Products suggested for the customer of a quotation, anew whenever its lines change.
export class Suggestions extends Component {
    static template = "crm_value.Suggestions";
    static components = {SuggestionList};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.found = useState({suggestions: [], reasons: []});
        useEffect(
            () => {
                this.load();
            },
            () => [this.order.resId, this.customer, this.products.join()]
        );
    }

    get order() {
        return this.props.record;
    }

    get customer() {
        return this.order.data.partner_id?.id;
    }

    /** The form has no company where there is but one; a saved quotation knows it. */
    get company() {
        const {data, resId} = this.order;
        return data.company_id?.id || (resId ? false : user.activeCompany.id);
    }

    /** Ids of the products on the form, saved or not. */
    get products() {
        const lines = this.order.data.order_line.records;
        return lines.map((line) => line.data.product_id?.id).filter(Boolean);
    }

    async load() {
        const turn = (this.turn = {});
        const found = this.customer
            ? await this.orm.call("crm.value.offer", "get_suggestions", [
                  this.order.resId,
                  this.customer,
                  this.company,
                  this.products,
              ])
            : {suggestions: []};
        if (turn === this.turn) {
            Object.assign(this.found, found);
        }
    }

    add(offer) {
        return this.answer("action_add_suggestion", offer.id);
    }

    dismiss(offer, reason) {
        return this.answer("action_dismiss_suggestion", offer.id, reason);
    }

    /** Tell the server, once the quotation is saved, and show what it is by then. */
    async answer(method, ...said) {
        if (!(await this.order.save())) {
            return;
        }
        await this.orm.call("sale.order", method, [[this.order.resId], ...said]);
        await this.order.load();
        await this.load();
    }
}

registry.category("view_widgets").add("value_suggestions", {component: Suggestions});
