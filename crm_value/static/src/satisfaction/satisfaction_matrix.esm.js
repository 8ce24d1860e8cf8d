import {Component} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatScore} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const ROWS = [
    {key: "loyal", label: _t("Loyal behaviour"), codes: ["hostage", "apostle"]},
    {key: "other", label: _t("Other behaviour"), codes: ["defector", "mercenary"]},
];

// Satisfaction against loyalty (Jones, Sasser 1995), and recommendation against value.
export class SatisfactionMatrix extends Component {
    static template = "crm_value.SatisfactionMatrix";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static displayName = _t("Satisfaction and Value");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.formatInteger = formatInteger;
        this.loading = useLoadingAtOnce(() =>
            orm.call("crm.value.profile", "get_satisfaction_matrix", [])
        );
    }

    get matrix() {
        return this.loading.data;
    }

    get total() {
        return this.matrix.quadrants.reduce((sum, {count}) => sum + count, 0);
    }

    get unknown() {
        return this.matrix.quadrants.find(({code}) => code === "unknown");
    }

    get rows() {
        return ROWS.map((row) => ({
            ...row,
            cells: row.codes.map((code) =>
                this.matrix.quadrants.find((cell) => cell.code === code)
            ),
        }));
    }

    /** Who recommends us and who does not, by value. */
    get voices() {
        const rows = new Map();
        for (const cell of this.matrix.voices) {
            if (!rows.has(cell.voice)) {
                rows.set(cell.voice, {voice: cell.voice, label: cell.label, cells: []});
            }
            rows.get(cell.voice).cells.push(cell);
        }
        return [...rows.values()];
    }

    get columns() {
        return this.voices[0].cells.map(({quadrant_label: label}) => label);
    }

    sum(cells, name) {
        return cells.reduce((sum, cell) => sum + (cell[name] || 0), 0);
    }

    get sentence() {
        const {answered, hostages} = this.matrix;
        if (!answered) {
            return _t(
                "Nobody has answered lately: how satisfied customers are is not known"
            );
        }
        return _t(
            "%(count)s of %(answered)s customers who answered buy like loyal ones, but are not satisfied",
            {
                count: formatInteger(hostages),
                answered: formatInteger(answered),
            }
        );
    }

    get explanation() {
        return _t(
            "%(company)s: customers with a purchase. Satisfied from %(satisfaction)s of 100, loyal by behaviour from %(behaviour)s, answers of the last %(days)s days. Money is that of the value window. Click a box to see who they are.",
            {
                company: this.matrix.company,
                satisfaction: formatScore(this.matrix.satisfaction_cut),
                behaviour: formatScore(this.matrix.behaviour_cut),
                days: formatInteger(this.matrix.answer_days),
            }
        );
    }

    get stake() {
        const {count, margin, revenue} = this.matrix.stake;
        const facts = {count: formatInteger(count)};
        if (this.matrix.shows_margin) {
            facts.money = this.formatMoney(margin);
            return _t(
                "At stake: %(money)s of margin, of %(count)s customers who advise against us",
                facts
            );
        }
        facts.money = this.formatMoney(revenue);
        return _t(
            "At stake: %(money)s of revenue, of %(count)s customers who advise against us",
            facts
        );
    }

    sayCount({count}) {
        return count === 1
            ? _t("1 customer")
            : _t("%s customers", formatInteger(count));
    }

    formatMoney(amount) {
        return formatCurrency(amount || 0, this.matrix.currency_id);
    }

    open(name, {domain}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "crm.value.profile",
            views: [
                [this.matrix.list_view_id, "list"],
                [false, "form"],
            ],
            domain,
        });
    }
}

registry.category("actions").add("crm_value_satisfaction_matrix", SatisfactionMatrix);
