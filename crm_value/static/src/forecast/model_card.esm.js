import {Component, useEffect} from "@odoo/owl";
import {decilesConfig, weeksConfig} from "./model_card_config.esm";
import {ModelBacktest} from "./backtest.esm";
import {ModelParameters} from "./parameters.esm";
import {ModelRisk} from "./risk.esm";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useLoading} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const BADGES = {
    good: "text-bg-success",
    low: "text-bg-warning",
    insufficient: "text-bg-danger",
};

// What the forecast rests on and how good it was, from the sentence to the parameters.
export class ModelCard extends Component {
    static template = "crm_value.ModelCard";
    static components = {ModelBacktest, ModelParameters, ModelRisk, ValueChart};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.badges = BADGES;
        this.weeksLabel = _t("Purchases by week, predicted and actual");
        this.decilesLabel = _t("Predicted and actual purchases by tenth of customers");
        this.loading = useLoading(() => this.load());
        // The pager changes the record under the component.
        useEffect(
            () => {
                this.loading.reload();
            },
            () => [this.props.record.resId]
        );
    }

    async load() {
        const {resModel, resId} = this.props.record;
        const card = resId && (await this.orm.call(resModel, "get_card", [[resId]]));
        return (
            card && {
                ...card,
                weeksConfig: card.weeks && weeksConfig(card.weeks),
                decilesConfig: card.deciles.length && decilesConfig(card.deciles),
            }
        );
    }

    get card() {
        return this.loading.data;
    }

    get confidence() {
        return _t("Confidence: %s", this.card.confidence_label);
    }

    get noBacktest() {
        return _t(
            "There is no back-test: it needs %(count)s customers who had already bought, and some months of purchases after that. The figures have not been checked yet.",
            {count: this.card.needed}
        );
    }

    get weeksTitle() {
        return _t("Purchases by Week around %(date)s", {date: this.card.weeks.cutoff});
    }
}

registry.category("view_widgets").add("value_model_card", {component: ModelCard});
