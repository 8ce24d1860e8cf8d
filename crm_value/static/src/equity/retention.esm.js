import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";
import {formatShare, isKnown} from "../core/format.esm";
import {optionsOf} from "../core/choice.esm";
import {pairDomain} from "../core/rows.esm";
import {_t} from "@web/core/l10n/translation";
import {formatEnd} from "../core/month.esm";
import {registry} from "@web/core/registry";

// What one more point of retention is worth, on the company's own figures.
export class RetentionEconomics extends Screen {
    static template = "crm_value.RetentionEconomics";
    static displayName = _t("Retention Economics");

    setup() {
        super.setup();
        // The slider stands at one of the points that the server calculated.
        this.asked = useState({grouping: "stage_id", at: 11});
    }

    load() {
        return this.orm.call("crm.value.migration", "get_economics", [
            this.asked.grouping,
        ]);
    }

    get total() {
        return this.found.total;
    }

    get basis() {
        const {company, pair} = this.found;
        return _t(
            "%(company)s: of the customers who were not lost at the end of %(since)s, how many were not lost at the end of %(until)s.",
            {
                company,
                since: formatEnd({date: pair.date_from}),
                until: formatEnd({date: pair.date_to, is_open: pair.is_open}),
            }
        );
    }

    get length() {
        return _t("These are %s days, taken to a year.", this.found.pair.days);
    }

    get pointLabel() {
        return _t("Points: %s", `${this.point > 0 ? "+" : ""}${this.point}`);
    }

    get notes() {
        return _t(
            "Value of a customer: m·ρ ÷ (1 + d − ρ), with margin m of a year, retention ρ and discount rate d of %s (Gupta, Lehmann, Stuart 2004). Expected life: 1 ÷ (1 − ρ). Both take it that the same share leaves every year: new customers leave sooner, old ones later, and a life longer than the history has not been seen by anybody. Groups are those of the earlier month end for who stayed, of the later one for who is there; each has its own rate, so that they do not add up to the total.",
            this.formatShortShare(this.found.discount_rate)
        );
    }

    get groupings() {
        return optionsOf(this.found.groupings);
    }

    get point() {
        return Math.round(100 * this.found.points[this.asked.at]);
    }

    get sentence() {
        const worth = this.total.worth[this.asked.at];
        if (!isKnown(worth)) {
            return _t("Too little is known to say what retention is worth");
        }
        const values = {
            points: Math.abs(this.point),
            money: this.formatWholeMoney(Math.abs(worth)),
        };
        if (this.point < 0) {
            return values.points === 1
                ? _t("One point of retention less costs %(money)s", values)
                : _t("%(points)s points of retention less cost %(money)s", values);
        }
        return values.points === 1
            ? _t("One point of retention more is worth %(money)s", values)
            : _t("%(points)s points of retention more are worth %(money)s", values);
    }

    get caveat() {
        const {before, few} = this.total;
        return few
            ? _t(
                  "Only %(count)s customers were there a year before: too few to rely on. Look at the interval.",
                  {count: before}
              )
            : "";
    }

    get tiles() {
        const {rate, low, high, margin_rate: weighted, margin} = this.total;
        const {life, value, point, point_low: least, point_high: most} = this.total;
        return [
            [_t("Retention of a year"), formatShare(rate), this.range(low, high)],
            [
                _t("Churn of a year"),
                isKnown(rate) ? formatShare(1 - rate) : "–",
                isKnown(low) ? this.range(1 - high, 1 - low) : "",
            ],
            [
                _t("Retention by margin"),
                formatShare(weighted) || "–",
                _t("each customer weighs what it earned"),
            ],
            [
                _t("Expected life"),
                this.formatYears(life),
                _t("if each year were like this one"),
            ],
            [
                _t("Value of a customer"),
                this.formatWholeMoney(value),
                _t("at %(margin)s margin a year", {
                    margin: this.formatWholeMoney(margin),
                }),
            ],
            [
                _t("One point more"),
                this.formatWholeMoney(point),
                isKnown(least)
                    ? _t("%(low)s to %(high)s within the interval", {
                          low: this.formatWholeMoney(Math.min(least, most)),
                          high: this.formatWholeMoney(Math.max(least, most)),
                      })
                    : "",
            ],
        ].map(([label, figure, note]) => ({label, figure, note}));
    }

    range(low, high) {
        return isKnown(low)
            ? _t("%(low)s to %(high)s", {
                  low: formatShare(low),
                  high: formatShare(high),
              })
            : "";
    }

    formatYears(years) {
        return isKnown(years)
            ? _t("%s years", formatFloat(years, {digits: [16, 1]}))
            : _t("not known: nobody left");
    }

    slide(ev) {
        this.asked.at = Number(ev.target.value);
    }

    askGrouping(grouping) {
        return this.ask({grouping});
    }

    openGroup(group, end, filter) {
        const {company_id: company, pair, grouping} = this.found;
        const domain = pairDomain(company, pair);
        if (group.key !== "all") {
            domain.push([`${grouping}_${end}`, "=", group.key]);
        }
        return this.openRows(group.label, "crm.value.migration", domain, {filter});
    }
}

registry.category("actions").add("crm_value_retention", RetentionEconomics);
