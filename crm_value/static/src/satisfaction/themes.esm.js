import {Component, useState} from "@odoo/owl";
import {formatShare, formatSigned} from "../core/figure.esm";
import {Layout} from "@web/search/layout";
import {ValueChoice} from "../core/choice.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const PERIODS = [
    {key: 90, label: _t("%s days", 90)},
    {key: 365, label: _t("%s days", 365)},
    {key: 0, label: _t("All time")},
];

// What people write about.
export class Themes extends Component {
    static template = "crm_value.Themes";
    static components = {Layout, ValueChoice};
    static props = {...standardActionServiceProps};
    static displayName = _t("Themes of Open Answers");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.periods = PERIODS;
        this.formatInteger = formatInteger;
        this.formatShare = formatShare;
        this.asked = useState({days: 365});
        this.loading = useLoadingAtOnce(() =>
            orm.call("crm.value.answer", "get_themes", [this.asked.days])
        );
    }

    get found() {
        return this.loading.data;
    }

    get sentence() {
        const count = formatInteger(this.found.total.count);
        return this.found.most
            ? _t("Of %(count)s open answers, most are about %(theme)s", {
                  count,
                  theme: this.found.most,
              })
            : _t("%(count)s open answers", {count});
    }

    sayScore({nps, nps_n: n, told}) {
        if (!told) {
            return n ? _t("too few, n = %s", n) : "–";
        }
        return _t("%(score)s, n = %(n)s", {score: formatSigned(nps), n});
    }

    askPeriod(days) {
        this.asked.days = days;
        return this.loading.reload();
    }

    openTheme({label, domain}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Open answers: %s", label),
            res_model: "crm.value.answer",
            views: [[false, "list"]],
            domain,
        });
    }

    editWords() {
        return this.action.doAction("crm_value.crm_value_theme_action");
    }
}

registry.category("actions").add("crm_value_themes", Themes);
