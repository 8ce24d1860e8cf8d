import {sayDays} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {formatSigned} from "../core/format.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";

const PERIODS = [90, 365, 0]; // days, 0: all time

// What people write about.
export class Themes extends Screen {
    static template = "crm_value.Themes";
    static displayName = _t("Themes of Open Answers");

    setup() {
        super.setup();
        this.periods = PERIODS.map((days) => ({
            key: days,
            label: days ? sayDays(days) : _t("All time"),
        }));
        this.asked = useState({days: 365});
    }

    load() {
        return this.orm.call("crm.value.answer", "get_themes", [this.asked.days]);
    }

    get scope() {
        return _t(
            "%(company)s: a comment can touch several themes. The score is the net promoter score of the people who commented on the theme.",
            {company: this.found.company}
        );
    }

    get sentence() {
        const count = formatInteger(this.found.total.count);
        return this.found.most
            ? _t("Most open answers (of %(count)s) are about %(theme)s", {
                  count,
                  theme: this.found.most,
              })
            : _t("Open answers: %(count)s", {count});
    }

    sayScore({nps, nps_n: n, told}) {
        if (!told) {
            return n ? _t("too few responses, n = %s", n) : "–";
        }
        return _t("%(score)s, n = %(n)s", {score: formatSigned(nps), n});
    }

    askPeriod(days) {
        return this.ask({days});
    }

    openTheme({label, domain}) {
        return this.openRows(
            _t("Open answers: %s", label),
            "crm.value.answer",
            domain,
            {
                views: [[false, "list"]],
            }
        );
    }

    editWords() {
        return this.action.doAction("crm_value.crm_value_theme_action");
    }
}

registry.category("actions").add("crm_value_themes", Themes);
