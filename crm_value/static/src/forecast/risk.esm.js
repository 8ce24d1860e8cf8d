import {Component} from "@odoo/owl";

// Which rule says who leaves, how good it was on the past, and what it looks at.
export class ModelRisk extends Component {
    static template = "crm_value.ModelRisk";
    static props = {risk: Object};
}
