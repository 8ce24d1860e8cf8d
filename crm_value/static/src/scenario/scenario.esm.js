import {formatFigure, formatMove, ScenarioTornado} from "./tornado.esm";
import {isKnown} from "../core/format.esm";
import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

// What comes out of a scenario: each measure now and then, and what moves it.
export class ValueScenario extends RecordField {
    static template = "crm_value.ValueScenario";
    static components = {ScenarioTornado};

    tell({key}, amount) {
        return formatFigure(key, amount, this.value.currency_id);
    }

    tellMove({key}, amount) {
        return formatMove(key, amount, this.value.currency_id);
    }

    hasRange(figure) {
        return isKnown(figure.low);
    }
}

registry.category("fields").add("value_scenario", {
    component: ValueScenario,
    supportedTypes: ["json"],
});
