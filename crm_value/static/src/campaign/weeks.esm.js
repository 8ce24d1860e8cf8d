import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {RecordField} from "../core/record_field.esm";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {weeksConfig} from "./weeks_config.esm";

// What one customer of both groups brought in each week, as a chart and as a table.
export class CampaignWeeks extends RecordField {
    static template = "crm_value.CampaignWeeks";
    static components = {ValueChart};

    setup() {
        super.setup();
        this.label = _t("Margin of one customer, week by week");
        this.config = this.value ? weeksConfig(this.value) : null;
    }

    formatMoney(amount) {
        const {currency_id: currency} = this.props.record.data;
        return formatMonetary(amount, {currencyId: currency && currency.id});
    }

    formatDay(day) {
        return formatDate(deserializeDate(day));
    }
}

registry.category("fields").add("value_campaign_weeks", {component: CampaignWeeks});
