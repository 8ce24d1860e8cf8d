import {Component} from "@odoo/owl";

// The parameters of a fit, each with its standard error and its meaning in words.
export class ModelParameters extends Component {
    static template = "crm_value.ModelParameters";
    static props = {blocks: Array};

    /** The first block is the longest one: the others stand beside it. */
    get columns() {
        const [first, ...others] = this.props.blocks;
        return [[first], others];
    }
}
