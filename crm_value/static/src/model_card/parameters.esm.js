import {Component} from "@odoo/owl";

// The parameters of a fit, each with its standard error and its meaning in words.
export class ModelParameters extends Component {
    static template = "crm_value.ModelParameters";
    static props = {blocks: Array};
}
