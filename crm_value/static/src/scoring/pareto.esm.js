import {Component} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShare, formatShortShare} from "../core/figure.esm";
import {paretoConfig} from "./pareto_config.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// How much of the revenue comes from how few customers.
export class ParetoCurve extends Component {
    static template = "crm_value.ParetoCurve";
    static components = {Layout, ValueChart};
    static props = {...standardActionServiceProps};
    static displayName = _t("Pareto Curve");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.label = _t("Share of customers against share of revenue");
        this.formatShortShare = formatShortShare;
        this.formatInteger = formatInteger;
        this.loading = useLoadingAtOnce(async () => {
            const curve = await orm.call("crm.value.profile", "get_pareto_curve", []);
            return {...curve, config: paretoConfig(curve)};
        });
    }

    get curve() {
        return this.loading.data;
    }

    get sentence() {
        const [best] = this.curve.classes;
        return _t("%(few)s of customers make %(most)s of revenue", {
            few: formatShare(best.customer_share),
            most: formatShare(best.revenue_share),
        });
    }

    describeCount({count, customer_share: share}) {
        return _t("%(count)s customers (%(share)s)", {
            count: formatInteger(count),
            share: formatShare(share),
        });
    }

    describeMoney({revenue, revenue_share: share}) {
        const money = formatCurrency(revenue, this.curve.currency_id);
        return `${money} (${formatShare(share)})`;
    }

    openClass(code) {
        return this.action.doAction("crm_value.crm_value_profile_action", {
            viewType: "list",
            additionalContext: {
                [`search_default_class_${code}`]: 1,
                search_default_company_id: this.curve.company_id,
            },
        });
    }
}

registry.category("actions").add("crm_value_pareto", ParetoCurve);
