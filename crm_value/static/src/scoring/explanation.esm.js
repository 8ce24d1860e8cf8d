import {formatScore, formatShare, formatShortShare} from "../core/figure.esm";
import {Component} from "@odoo/owl";
import {ValueChange} from "./change.esm";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// How a value score comes about: parts that add up, and the documents behind them.
export class ValueExplanation extends Component {
    static template = "crm_value.ValueExplanation";
    static components = {ValueChange};
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.formatScore = formatScore;
        this.formatShare = formatShare;
        this.formatShortShare = formatShortShare;
    }

    get explanation() {
        return this.props.record.data[this.props.name];
    }

    get sides() {
        return this.explanation.sides.filter(
            (side) => side.parts.length && this.formula.length
        );
    }

    /** The sides that make up the value score. */
    get formula() {
        return this.explanation.sides.filter(({share}) => this.isKnown(share));
    }

    isKnown(score) {
        return typeof score === "number";
    }

    async openDocuments(code) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, "action_open_documents", [
            [resId],
            code,
        ]);
        return this.action.doAction(action);
    }
}

registry.category("fields").add("value_explanation", {
    component: ValueExplanation,
    supportedTypes: ["json"],
});
