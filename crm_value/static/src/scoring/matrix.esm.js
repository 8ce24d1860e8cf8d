import {sayCustomers} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {matrixConfig} from "./matrix_config.esm";
import {registry} from "@web/core/registry";

// Where the customers stand: current against potential value.
export class ValueMatrix extends Screen {
    static template = "crm_value.ValueMatrix";
    static displayName = _t("Value Matrix");

    setup() {
        super.setup();
        this.label = _t("Current value against potential value of each customer");
    }

    async load() {
        const matrix = await this.orm.call("crm.value.profile", "get_value_matrix", []);
        const config = matrixConfig(matrix, (id) => this.openProfile(id));
        return {...matrix, config};
    }

    get caption() {
        const {points, total} = this.found;
        const counts = {
            company: this.found.company,
            shown: formatInteger(points.length),
            total: sayCustomers(total),
        };
        return points.length < total
            ? _t(
                  "%(company)s: the %(shown)s largest of %(total)s by revenue. Larger points have more revenue in the value window; the dashed lines are the limits of the quadrants. Click a point to open the customer.",
                  counts
              )
            : _t(
                  "%(company)s: %(total)s. Larger points have more revenue in the value window; the dashed lines are the limits of the quadrants. Click a point to open the customer.",
                  counts
              );
    }

    sayCount({count}) {
        return sayCustomers(count);
    }

    openProfile(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.value.profile",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openQuadrant(code) {
        return this.action.doAction("crm_value.crm_value_profile_action", {
            viewType: "list",
            additionalContext: {
                [`search_default_${code}`]: 1,
                search_default_company_id: this.found.company_id,
            },
        });
    }
}

registry.category("actions").add("crm_value_matrix", ValueMatrix);
