import {sayCustomers} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {useState} from "@odoo/owl";
import {MEASURES, TINTS, layOut} from "./migration_table.esm";
import {formatEnd, monthEndBefore} from "../core/month.esm";
import {pairDomain} from "../core/rows.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatList} from "@web/core/l10n/utils";
import {formatShare} from "../core/format.esm";
import {registry} from "@web/core/registry";

const SPANS = [
    {key: 1, label: _t("Month")},
    {key: 3, label: _t("Quarter")},
    {key: 12, label: _t("Year")},
];

// From which stage to which one, between the ends of two months.
export class MigrationMatrix extends Screen {
    static template = "crm_value.MigrationMatrix";
    static displayName = _t("Migration Matrix");

    setup() {
        super.setup();
        this.formatEnd = formatEnd;
        this.legend = [
            {move: "improved", label: _t("improved")},
            {move: "stayed", label: _t("stayed")},
            {move: "worsened", label: _t("worsened")},
        ];
        this.asked = useState({date_from: null, date_to: null, measure: "count"});
    }

    async load() {
        const {date_from: from, date_to: to} = this.asked;
        const matrix = await this.orm.call("crm.value.migration", "get_matrix", [
            from,
            to,
        ]);
        return {...matrix, table: layOut(matrix)};
    }

    get measures() {
        return MEASURES.filter(({officer}) => this.found.officer || !officer);
    }

    get earlierEnds() {
        return this.found.ends.filter(
            ({date, is_open: isOpen}) => date < this.found.pair.date_to && !isOpen
        );
    }

    // The spans whose month end is there.
    get spans() {
        const before = this.earlierEnds.map(({date}) => date);
        const {date_to: to} = this.found.pair;
        return SPANS.filter(({key}) => before.includes(monthEndBefore(to, key)));
    }

    get chosenSpan() {
        const {date_from: from, date_to: to} = this.found.pair;
        const found = this.spans.find(({key}) => monthEndBefore(to, key) === from);
        return found && found.key;
    }

    get scope() {
        return _t(
            "%(company)s: from %(from)s to %(to)s. Each row shows what became of the customers of one stage; click a cell to see who they are.",
            {
                company: this.found.company,
                from: formatEnd(this.end("date_from")),
                to: formatEnd(this.end("date_to")),
            }
        );
    }

    get order() {
        const stages = formatList(this.found.worst_first);
        const {first} = this.found;
        return first
            ? _t(
                  "From worst to best: %(stages)s. Who goes on buying leaves %(first)s as time passes: that counts as improved, too.",
                  {stages, first}
              )
            : _t("From worst to best: %(stages)s.", {stages});
    }

    get sentence() {
        const {moves} = this.found.table;
        const total = moves.improved + moves.stayed + moves.worsened;
        if (!total) {
            return _t("No customer existed at both month ends");
        }
        return _t(
            "Of %(total)s, %(improved)s improved, %(stayed)s stayed, %(worsened)s worsened",
            {
                total: sayCustomers(total),
                ...Object.fromEntries(
                    this.legend.map(({move}) => [
                        move,
                        formatShare(moves[move] / total),
                    ])
                ),
            }
        );
    }

    end(name) {
        const day = this.found.pair[name];
        return this.found.ends.find(({date}) => date === day);
    }

    show(cell, row) {
        const {measure} = this.asked;
        if (measure === "share") {
            return formatShare(row.total.count ? cell.count / row.total.count : null);
        }
        return measure === "count"
            ? formatInteger(cell.count)
            : formatCurrency(cell[measure], this.found.currency_id);
    }

    shade({move, count}, {total}) {
        const tint = TINTS[move];
        return tint && total.count
            ? `background-color: rgba(${tint}, ${0.12 + (0.5 * count) / total.count})`
            : "";
    }

    ask(values) {
        return super.ask({...this.found.pair, ...values});
    }

    askSpan(months) {
        const {date_to: to} = this.found.pair;
        return this.ask({date_from: monthEndBefore(to, months)});
    }

    chooseMeasure(measure) {
        this.asked.measure = measure;
    }

    openCell(row, column) {
        const domain = pairDomain(this.found.company_id, this.found.pair);
        return this.openRows(
            _t("%(from)s → %(to)s", {from: row.label, to: column.label}),
            "crm.value.migration",
            [...domain, ...row.domain, ...column.domain]
        );
    }
}

registry.category("actions").add("crm_value_migration", MigrationMatrix);
