import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatShare, isKnown} from "../core/format.esm";
import {registry} from "@web/core/registry";
import {sayDays} from "../core/words.esm";

// What suggesting adds: what was shown against what was drawn not to be.
export class SuggestionGain extends Screen {
    static template = "crm_value.SuggestionGain";
    static displayName = _t("What Suggesting Adds");

    load() {
        return this.orm.call("crm.value.offer.report", "get_report", []);
    }

    get rows() {
        return [this.found.all, ...this.found.rows];
    }

    get sentence() {
        const {all} = this.found;
        const money = this.formatMoney(Math.abs(all.difference));
        return {
            few: _t("It is too early to say what suggesting adds"),
            none: _t("No effect of suggesting can be told from chance"),
            more: _t("A suggestion adds a margin of %(money)s", {money}),
            less: _t("A suggestion takes a margin of %(money)s away", {money}),
        }[all.verdict];
    }

    get scope() {
        const {company, days, fewest} = this.found;
        return _t(
            "%(company)s: bought within %(days)s after a suggestion, whether it was added by a click or not. One in ten is drawn not to be shown; from %(fewest)s of those on, the difference is judged.",
            {company, days: sayDays(days), fewest}
        );
    }

    formatKnown(amount) {
        return isKnown(amount) ? this.formatMoney(amount) : "–";
    }

    formatPart(share) {
        return isKnown(share) ? formatShare(share) : "–";
    }

    sayInterval({low, high}) {
        return isKnown(low)
            ? _t("%(low)s to %(high)s", {
                  low: this.formatMoney(low),
                  high: this.formatMoney(high),
              })
            : _t("too few");
    }

    openOffers({kind, name}) {
        const domain = [["company_id", "=", this.found.company_id]];
        if (kind) {
            domain.push(["kind", "=", kind]);
        }
        return this.openRows(name, "crm.value.offer", domain, {
            views: [[false, "list"]],
        });
    }
}

registry.category("actions").add("crm_value_suggestion_gain", SuggestionGain);
