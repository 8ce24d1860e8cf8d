import {Component, onMounted, status, useState} from "@odoo/owl";
import {AccountProductCatalogSearchPanel} from "@account/components/product_catalog/search/search_panel";
import {SuggestionList} from "./suggestion_list.esm";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

// The same suggestions beside the product catalog of a quotation.
export class CatalogSuggestions extends Component {
    static template = "crm_value.CatalogSuggestions";
    static components = {SuggestionList};
    static props = {orderId: Number};

    setup() {
        this.orm = useService("orm");
        this.found = useState({suggestions: [], reasons: []});
        onMounted(() => this.load());
    }

    async load() {
        const isUsed = await user.hasGroup("crm_value.group_part_selling");
        // The panel is drawn anew while the catalog loads.
        if (isUsed && status(this) !== "destroyed") {
            const asked = [this.props.orderId];
            const found = this.orm.call("crm.value.offer", "get_suggestions", asked);
            Object.assign(this.found, await found);
        }
    }

    async add(offer) {
        await this.answer("action_add_suggestion", offer.id);
        await this.env.model.root.load();
    }

    dismiss(offer, reason) {
        return this.answer("action_dismiss_suggestion", offer.id, reason);
    }

    async answer(method, ...said) {
        await this.orm.call("sale.order", method, [[this.props.orderId], ...said]);
        await this.load();
    }
}

AccountProductCatalogSearchPanel.components = {
    ...AccountProductCatalogSearchPanel.components,
    ValueCatalogSuggestions: CatalogSuggestions,
};

patch(AccountProductCatalogSearchPanel.prototype, {
    /** The quotation whose catalog this is; nothing is suggested on other documents. */
    get valueOrderId() {
        const {context} = this.env.model.config;
        const isSale = context.product_catalog_order_model === "sale.order";
        return isSale ? context.order_id : false;
    },
});
