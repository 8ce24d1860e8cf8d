import {sayCustomers} from "../core/words.esm";
import {useState} from "@odoo/owl";
import {OverviewPart} from "./overview_part.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatEnd} from "../core/month.esm";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

// What matters, in a second: one question after the other, each with its answer.
export class Overview extends Screen {
    static template = "crm_value.Overview";
    static components = {...Screen.components, OverviewPart};
    static displayName = _t("Overview");

    setup() {
        super.setup();
        this.ui = useService("ui");
        this.asked = useState({month: null, company: null});
    }

    load() {
        const {month, company} = this.asked;
        return this.orm.call("crm.value.overview", "get_overview", [month, company]);
    }

    get latestFirst() {
        return [...this.found.ends].reverse();
    }

    get month() {
        return this.found.month;
    }

    /** On a phone, where one screen holds one part, what is to be done comes first. */
    get parts() {
        const {parts, due} = this.found;
        const others = parts.filter((part) => !due.includes(part));
        return this.ui.isSmall ? [...due, ...others] : parts;
    }

    get isFew() {
        return this.found.customers < this.found.few;
    }

    get scope() {
        const {company, as_of: day} = this.found;
        return day
            ? _t("%(company)s, as of %(date)s", {
                  company,
                  date: formatDate(deserializeDate(day)),
              })
            : company;
    }

    get fewWords() {
        return _t(
            "Of %s, names say more than shares: a share of so few changes with every one of them.",
            sayCustomers(this.found.customers)
        );
    }

    sayMonth(end) {
        const name = formatEnd(end);
        return end.is_open ? _t("This month, until %s", name) : name;
    }

    keyOf(part) {
        return [part, this.month.date_to, this.found.company_id].join();
    }

    chooseMonth(ev) {
        return this.ask({month: ev.target.value});
    }

    chooseCompany(ev) {
        return this.ask({company: Number(ev.target.value), month: null});
    }

    open(action) {
        return this.action.doAction(action);
    }
}

registry.category("actions").add("crm_value_overview", Overview);
