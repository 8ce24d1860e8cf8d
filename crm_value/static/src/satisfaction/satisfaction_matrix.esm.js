import {sayCustomers, sayDays} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatScore} from "../core/format.esm";
import {registry} from "@web/core/registry";

const ROWS = [
    {key: "loyal", label: _t("Behaviourally loyal"), codes: ["hostage", "apostle"]},
    {
        key: "other",
        label: _t("Not behaviourally loyal"),
        codes: ["defector", "mercenary"],
    },
];

// Satisfaction against loyalty (Jones, Sasser 1995), and recommendation against value.
export class SatisfactionMatrix extends Screen {
    static template = "crm_value.SatisfactionMatrix";
    static displayName = _t("Satisfaction and Value");

    load() {
        return this.orm.call("crm.value.profile", "get_satisfaction_matrix", []);
    }

    get total() {
        return this.found.quadrants.reduce((sum, {count}) => sum + count, 0);
    }

    get unknown() {
        return this.found.quadrants.find(({code}) => code === "unknown");
    }

    get rows() {
        return ROWS.map((row) => ({
            ...row,
            cells: row.codes.map((code) =>
                this.found.quadrants.find((cell) => cell.code === code)
            ),
        }));
    }

    /** Who recommends us and who does not, by value. */
    get voices() {
        const rows = new Map();
        for (const cell of this.found.voices) {
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
        const {answered, hostages} = this.found;
        if (!answered) {
            return _t("No recent survey responses: customer satisfaction is not known");
        }
        return _t(
            "Behaviourally loyal but not satisfied: %(count)s of %(answered)s who responded",
            {
                count: formatInteger(hostages),
                answered: sayCustomers(answered),
            }
        );
    }

    get explanation() {
        return _t(
            "%(company)s: customers with a purchase. Satisfied from %(satisfaction)s of 100, behaviourally loyal from %(behaviour)s; responses within %(days)s. Amounts are those of the value window. Click a box to see its customers.",
            {
                company: this.found.company,
                satisfaction: formatScore(this.found.satisfaction_cut),
                behaviour: formatScore(this.found.behaviour_cut),
                days: sayDays(this.found.answer_days),
            }
        );
    }

    get stake() {
        const {count, margin, revenue} = this.found.stake;
        const facts = {count: formatInteger(count)};
        if (this.found.shows_margin) {
            facts.money = this.formatMoney(margin);
            return _t(
                "Value at risk: %(money)s of margin (detractors: %(count)s)",
                facts
            );
        }
        facts.money = this.formatMoney(revenue);
        return _t("Value at risk: %(money)s of revenue (detractors: %(count)s)", facts);
    }

    sayCount({count}) {
        return sayCustomers(count);
    }

    open(name, {domain}) {
        return this.openRows(name, "crm.value.profile", domain, {
            views: [
                [this.found.list_view_id, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("actions").add("crm_value_satisfaction_matrix", SatisfactionMatrix);
