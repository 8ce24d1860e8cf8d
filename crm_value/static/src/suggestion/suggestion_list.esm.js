import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";

// Suggested products with their reasons: what is due again apart from what is new.
export class SuggestionList extends Component {
    static template = "crm_value.SuggestionList";
    static components = {Dropdown, DropdownItem};
    static props = {
        suggestions: Array,
        reasons: Array,
        add: Function,
        dismiss: Function,
    };

    get groups() {
        const {suggestions} = this.props;
        const due = suggestions.filter(({kind}) => kind === "due");
        const others = suggestions.filter(({kind}) => kind !== "due");
        return [
            {key: "due", name: _t("Due again"), suggestions: due},
            {key: "others", name: _t("Not bought yet"), suggestions: others},
        ].filter((group) => group.suggestions.length);
    }

    sayAdd({name}) {
        return _t("Add %(product)s", {product: name});
    }

    sayDismiss({name}) {
        return _t("Dismiss %(product)s", {product: name});
    }
}
