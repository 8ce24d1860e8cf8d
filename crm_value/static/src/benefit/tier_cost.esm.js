import {Component} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {formatShortShare} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const isKnown = (value) => typeof value === "number";
const MONEY = ["pricelist", "reward", "points"];

// What loyalty costs and what stands against it, tier by tier.
export class TierCost extends Component {
    static template = "crm_value.TierCost";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static displayName = _t("Cost of Loyalty");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.money = MONEY;
        this.formatInteger = formatInteger;
        this.formatShare = (share) => (isKnown(share) ? formatShortShare(share) : "–");
        this.loading = useLoadingAtOnce(() =>
            orm.call("crm.value.tier.report", "get_report", [])
        );
    }

    get report() {
        return this.loading.data;
    }

    get date() {
        return formatDate(deserializeDate(this.report.as_of));
    }

    get granted() {
        return this.report.rows.reduce((sum, row) => sum + row.cost, 0);
    }

    get compared() {
        return this.report.rows.filter((row) => row.compared);
    }

    get tiles() {
        const {points} = this.report;
        if (!points) {
            return [];
        }
        const lots = this.formatInteger(points.old_lots);
        return [
            [
                _t("Owed in points"),
                this.formatMoney(points.liability),
                isKnown(points.worth)
                    ? _t("at %(worth)s a point at most", {
                          worth: formatCurrency(points.worth, this.report.currency_id, {
                              digits: [16, 4],
                              trailingZeros: false,
                          }),
                      })
                    : _t("not known: the rewards do not tell what a point is worth"),
            ],
            [
                _t("Usable points"),
                this.formatPoints(points.usable),
                _t("on %(cards)s cards", {cards: this.formatInteger(points.cards)}),
            ],
            [
                _t("Locked points"),
                this.formatPoints(points.locked),
                _t("until invoices are paid and can no longer be returned"),
            ],
            [
                _t("Breakage"),
                this.formatShare(points.breakage),
                points.old_lots
                    ? _t("expired, of the %(lots)s lots that are old enough", {lots})
                    : this.noBreakage(points),
            ],
        ].map(([label, figure, note]) => ({label, figure, note}));
    }

    noBreakage(points) {
        return points.expires
            ? _t("not known: no points are old enough to have expired")
            : _t("points do not expire");
    }

    formatMoney(amount) {
        return isKnown(amount)
            ? formatCurrency(amount, this.report.currency_id, {digits: [16, 0]})
            : "–";
    }

    formatPoints(points) {
        return formatFloat(points, {digits: [16, 2], trailingZeros: false});
    }

    formatTimes(number) {
        return isKnown(number) ? formatFloat(number, {digits: [16, 1]}) : "–";
    }

    openMembers(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: row.name,
            res_model: "crm.value.profile",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["tier_id", "=", row.tier_id],
                ["company_id.name", "=", this.report.company],
            ],
        });
    }
}

registry.category("actions").add("crm_value_tier_cost", TierCost);
