import {Component} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {matrixConfig} from "./matrix_config.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// Where the customers stand: current against potential value.
export class ValueMatrix extends Component {
    static template = "crm_value.ValueMatrix";
    static components = {Layout, ValueChart};
    static props = {...standardActionServiceProps};
    static displayName = _t("Value Matrix");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.label = _t("Current value against potential value of each customer");
        this.formatInteger = formatInteger;
        this.loading = useLoadingAtOnce(async () => {
            const matrix = await orm.call("crm.value.profile", "get_value_matrix", []);
            const config = matrixConfig(matrix, (id) => this.openProfile(id));
            return {...matrix, config};
        });
    }

    get matrix() {
        return this.loading.data;
    }

    get caption() {
        const {points, total} = this.matrix;
        const counts = {
            shown: formatInteger(points.length),
            total: formatInteger(total),
        };
        return points.length < total
            ? _t("The %(shown)s largest of %(total)s customers by revenue", counts)
            : _t("%(total)s customers", counts);
    }

    formatMoney(amount) {
        return formatCurrency(amount, this.matrix.currency_id);
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
                search_default_company_id: this.matrix.company_id,
            },
        });
    }
}

registry.category("actions").add("crm_value_matrix", ValueMatrix);
