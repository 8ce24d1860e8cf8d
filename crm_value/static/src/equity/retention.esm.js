import {sayCustomers, sayDays, sayMonths} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";
import {formatShare, formatShortShare, isKnown} from "../core/format.esm";
import {optionsOf} from "../core/choice.esm";
import {pairDomain} from "../core/rows.esm";
import {_t} from "@web/core/l10n/translation";
import {describeNobodyLost} from "../lifecycle/stage.esm";
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

    get pointLabel() {
        const points = `${this.point > 0 ? "+" : ""}${this.point}`;
        return Math.abs(this.point) === 1
            ? _t("Worth of %s point", points)
            : _t("Worth of %s points", points);
    }

    get groupings() {
        return optionsOf(this.found.groupings);
    }

    get point() {
        return Math.round(100 * this.found.points[this.asked.at]);
    }

    get scope() {
        const {company, pair} = this.found;
        const values = {
            company,
            since: formatEnd({date: pair.date_from}),
            until: formatEnd({date: pair.date_to, is_open: pair.is_open}),
            days: sayDays(pair.days),
        };
        return pair.is_a_year
            ? _t(
                  "%(company)s: share of the customers not lost at the end of %(since)s who were still not lost at the end of %(until)s.",
                  values
              )
            : _t(
                  "%(company)s: share of the customers not lost at the end of %(since)s who were still not lost at the end of %(until)s, %(days)s converted to a year.",
                  values
              );
    }

    // What the headline's money is of, and until when: no sum of one year.
    get basis() {
        const {worth, rate, customers} = this.total;
        return isKnown(worth[this.asked.at]) && rate < 1
            ? _t(
                  "The money is the margin of %(customers)s who are not lost today, all together and as long as they stay, by the rule of thumb: not that of one year.",
                  {customers: sayCustomers(customers)}
              )
            : "";
    }

    get notes() {
        return _t(
            "Value by the rule of thumb: m·ρ ÷ (1 + d − ρ), with annual margin m, retention rate ρ and discount rate d of %(rate)s (Gupta, Lehmann, Stuart 2004). Expected customer lifetime: 1 ÷ (1 − ρ). Both assume that the same share churns every year; in fact new customers churn sooner and old ones later, and lifetimes longer than the history have not been observed. Retained customers are grouped as of the earlier month end, current ones as of the later one; each group has its own rate, so the groups do not add up to the total.",
            {rate: formatShortShare(this.found.discount_rate)}
        );
    }

    get sentence() {
        const worth = this.total.worth[this.asked.at];
        if (!isKnown(worth)) {
            return _t("Too little data to estimate what retention is worth");
        }
        if (this.total.rate === 1) {
            return _t("Nobody was lost, so what retention is worth is not known yet");
        }
        const values = {
            points: Math.abs(this.point),
            money: this.formatAboutMoney(Math.abs(worth)),
        };
        if (this.point < 0) {
            return values.points === 1
                ? _t("One point of retention less costs %(money)s", values)
                : _t("%(points)s points of retention less cost %(money)s", values);
        }
        const range = this.pointRange;
        if (values.points === 1 && range) {
            return _t(
                "One point of retention more is worth %(money)s (%(low)s to %(high)s)",
                {...values, ...range}
            );
        }
        return values.points === 1
            ? _t("One point of retention more is worth %(money)s", values)
            : _t("%(points)s points of retention more are worth %(money)s", values);
    }

    // What one point is worth at both ends of the interval of the retention rate.
    get pointRange() {
        const {rate, point_low: least, point_high: most} = this.total;
        return isKnown(least) && rate < 1
            ? {
                  low: this.formatAboutMoney(Math.min(least, most)),
                  high: this.formatAboutMoney(Math.max(least, most)),
              }
            : null;
    }

    // Where nobody was lost, a value without an end would be one of customers for ever.
    formatValue({rate, value}) {
        return rate === 1 ? "–" : this.formatAboutMoney(value);
    }

    formatWorth({rate}, worth) {
        return rate === 1 ? "–" : this.formatAboutMoney(worth);
    }

    get caveat() {
        const {before, few, rate} = this.total;
        const said = [];
        if (few) {
            said.push(
                _t(
                    "Only %(customers)s a year before: too few to rely on. Look at the interval.",
                    {customers: sayCustomers(before)}
                )
            );
        }
        if (rate === 1) {
            said.push(describeNobodyLost());
        }
        return said.join(" ");
    }

    get tiles() {
        const {rate, low, high, margin_rate: weighted, margin} = this.total;
        const {lifetime} = this.found;
        const months = sayMonths(this.found.horizon_months);
        const {life, point} = this.total;
        return [
            [_t("Annual retention rate"), formatShare(rate), this.range(low, high)],
            [
                _t("Annual churn rate"),
                isKnown(rate) ? formatShare(1 - rate) : "–",
                isKnown(low) ? this.range(1 - high, 1 - low) : "",
            ],
            [
                _t("Margin-weighted retention"),
                formatShare(weighted) || "–",
                _t("each customer weighted by its margin"),
            ],
            [
                _t("Expected customer lifetime"),
                this.formatYears(life),
                _t("if each year were like this one"),
            ],
            [
                _t("Lifetime value within %(months)s", {months}),
                isKnown(lifetime) ? this.formatWholeMoney(lifetime) : "–",
                _t(
                    "mean of the customers not lost, by the model: as on all other pages"
                ),
            ],
            [
                _t("By the rule of thumb"),
                this.formatValue(this.total),
                _t(
                    "without an end, at an annual margin of %(margin)s and this retention every year",
                    {margin: this.formatWholeMoney(margin)}
                ),
            ],
            [
                _t("One more point"),
                this.formatWorth(this.total, point),
                this.pointRange
                    ? _t("%(low)s to %(high)s within the interval", this.pointRange)
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
            : _t("not known: nobody churned");
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
