import {Component} from "@odoo/owl";
import {ModelCard} from "../forecast/model_card.esm";

// How credit grades did on past invoices, beside the rule that needs no points.
export class ModelCredit extends Component {
    static template = "crm_value.ModelCredit";
    static props = {credit: Object};
}

Object.assign(ModelCard.components, {ModelCredit});
