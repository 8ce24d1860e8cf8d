import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatFloat} from "@web/views/fields/formatters";
import {formatShortShare, isKnown} from "../core/format.esm";
import {registry} from "@web/core/registry";

const MONEY = ["pricelist", "reward", "points"];

// What loyalty costs and what stands against it, tier by tier.
export class TierCost extends Screen {
    static template = "crm_value.TierCost";
    static displayName = _t("Cost of Loyalty");

    setup() {
        super.setup();
        this.money = MONEY;
        this.formatShare = (share) => (isKnown(share) ? formatShortShare(share) : "–");
    }

    load() {
        return this.orm.call("crm.value.tier.report", "get_report", []);
    }

    get sentence() {
        return this.found.granted
            ? _t(
                  "Benefits of %s were granted",
                  this.formatWholeMoney(this.found.granted)
              )
            : _t("No benefit with money was granted");
    }

    get basis() {
        return _t(
            "%(company)s, %(days)s days until %(date)s, to those who are in the tiers today.",
            {
                company: this.found.company,
                days: this.formatInteger(this.found.days),
                date: formatDate(deserializeDate(this.found.as_of)),
            }
        );
    }

    sayOthers({others}) {
        return _t("at least %s", this.formatInteger(others));
    }

    get compared() {
        return this.found.rows.filter((row) => row.compared);
    }

    get tiles() {
        const {points} = this.found;
        if (!points) {
            return [];
        }
        const lots = this.formatInteger(points.old_lots);
        return [
            [
                _t("Owed in points"),
                this.formatWholeMoney(points.liability),
                isKnown(points.worth)
                    ? _t("at %(worth)s a point at most", {
                          worth: formatCurrency(points.worth, this.found.currency_id, {
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

    formatPoints(points) {
        return formatFloat(points, {digits: [16, 2], trailingZeros: false});
    }

    formatTimes(number) {
        return isKnown(number) ? formatFloat(number, {digits: [16, 1]}) : "–";
    }

    openMembers(row) {
        return this.openRows(
            row.name,
            "crm.value.profile",
            [
                ["tier_id", "=", row.tier_id],
                ["company_id.name", "=", this.found.company],
            ],
            {
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            }
        );
    }
}

registry.category("actions").add("crm_value_tier_cost", TierCost);
