import {sayDays} from "../core/words.esm";
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
    static displayName = _t("Loyalty Program Cost");

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
            ? _t("Loyalty benefits worth %(money)s were granted", {
                  money: this.formatWholeMoney(this.found.granted),
              })
            : _t("No loyalty benefits with a monetary value were granted");
    }

    get scope() {
        return _t(
            "%(company)s: %(days)s up to %(date)s, customers by their current tier.",
            {
                company: this.found.company,
                days: sayDays(this.found.days),
                date: formatDate(deserializeDate(this.found.as_of)),
            }
        );
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
                _t("Points liability"),
                this.formatWholeMoney(points.liability),
                isKnown(points.worth)
                    ? _t("at most %(worth)s per point", {
                          worth: formatCurrency(points.worth, this.found.currency_id, {
                              digits: [16, 4],
                              trailingZeros: false,
                          }),
                      })
                    : _t(
                          "not known: the cost of a point cannot be derived from the rewards"
                      ),
            ],
            [
                _t("Usable points"),
                this.formatPoints(points.usable),
                _t("cards: %(cards)s", {cards: this.formatInteger(points.cards)}),
            ],
            [
                _t("Locked points"),
                this.formatPoints(points.locked),
                _t("until invoices are paid and the return window is over"),
            ],
            [
                _t("Breakage"),
                this.formatShare(points.breakage),
                points.old_lots
                    ? _t("of points that reached their expiry; lots: %(lots)s", {lots})
                    : this.noBreakage(points),
            ],
        ].map(([label, figure, note]) => ({label, figure, note}));
    }

    noBreakage(points) {
        return points.expires
            ? _t("not known: no points have reached their expiry yet")
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
