import {sayCustomers} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatShare, formatShortShare} from "../core/format.esm";
import {paretoConfig} from "./pareto_config.esm";
import {registry} from "@web/core/registry";

// How much of the revenue comes from how few customers.
export class ParetoCurve extends Screen {
    static template = "crm_value.ParetoCurve";
    static displayName = _t("Pareto Curve");

    setup() {
        super.setup();
        this.label = _t("Share of customers against share of revenue");
    }

    async load() {
        const curve = await this.orm.call("crm.value.profile", "get_pareto_curve", []);
        return {...curve, config: paretoConfig(curve)};
    }

    get scope() {
        return _t(
            "%(company)s: %(customers)s with a purchase. Class A ends where %(share)s of revenue is reached.",
            {
                company: this.found.company,
                customers: sayCustomers(this.found.customers),
                share: formatShortShare(this.found.share),
            }
        );
    }

    get sentence() {
        const [best] = this.found.classes;
        return _t("%(few)s of customers make %(most)s of revenue", {
            few: formatShare(best.customer_share),
            most: formatShare(best.revenue_share),
        });
    }

    sayClass({label}) {
        return _t("Class %s", label);
    }

    describeCount({count, customer_share: share}) {
        return `${sayCustomers(count)} (${formatShare(share)})`;
    }

    describeMoney({revenue, revenue_share: share}) {
        const money = formatCurrency(revenue, this.found.currency_id);
        return `${money} (${formatShare(share)})`;
    }

    openClass(code) {
        return this.action.doAction("crm_value.crm_value_profile_action", {
            viewType: "list",
            additionalContext: {
                [`search_default_class_${code}`]: 1,
                search_default_company_id: this.found.company_id,
            },
        });
    }
}

registry.category("actions").add("crm_value_pareto", ParetoCurve);
