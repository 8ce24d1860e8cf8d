import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatScore} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// How loyal a customer is: what it does, what it says, and by what.
export class ValueLoyalty extends Component {
    static template = "crm_value.ValueLoyalty";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.formatScore = formatScore;
    }

    /** What the two scores mean, and from which number on they are high. */
    get behaviourText() {
        const cut = formatScore(this.loyalty.behaviour_cut);
        return _t("mean of the ranks known, high from %s", cut);
    }

    get attitudeText() {
        const text = this.loyalty.attitude_text;
        const cut = formatScore(this.loyalty.attitude_cut);
        return _t("%(answered)s, high from %(cut)s", {answered: text, cut});
    }

    get loyalty() {
        return this.props.record.data[this.props.name];
    }

    isKnown(score) {
        return typeof score === "number";
    }

    async openDocuments(code) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, "action_open_loyalty_documents", [
            [resId],
            code,
        ]);
        return this.action.doAction(action);
    }
}

registry.category("fields").add("value_loyalty", {
    component: ValueLoyalty,
    supportedTypes: ["json"],
});
