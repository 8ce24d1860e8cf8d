import {Component, useState} from "@odoo/owl";
import {MEASURES, TINTS, layOut} from "./migration_table.esm";
import {formatEnd, monthEndBefore} from "../core/month.esm";
import {migrationRows, pairDomain} from "../core/rows.esm";
import {Layout} from "@web/search/layout";
import {ValueChoice} from "../core/choice.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {formatShare} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const SPANS = [
    {key: 1, label: _t("Month")},
    {key: 3, label: _t("Quarter")},
    {key: 12, label: _t("Year")},
];

// From which stage to which one, between the ends of two months.
export class MigrationMatrix extends Component {
    static template = "crm_value.MigrationMatrix";
    static components = {Layout, ValueChoice};
    static props = {...standardActionServiceProps};
    static displayName = _t("Migration Matrix");

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        this.formatEnd = formatEnd;
        this.legend = [
            {move: "improved", label: _t("improved")},
            {move: "stayed", label: _t("stayed")},
            {move: "worsened", label: _t("worsened")},
        ];
        this.asked = useState({date_from: null, date_to: null, measure: "count"});
        this.loading = useLoadingAtOnce(async () => {
            const {date_from: from, date_to: to} = this.asked;
            const matrix = await orm.call("crm.value.migration", "get_matrix", [
                from,
                to,
            ]);
            return {...matrix, table: layOut(matrix)};
        });
    }

    get matrix() {
        return this.loading.data;
    }

    get measures() {
        return MEASURES.filter(({officer}) => this.matrix.officer || !officer);
    }

    get earlierEnds() {
        return this.matrix.ends.filter(
            ({date, is_open: isOpen}) => date < this.matrix.pair.date_to && !isOpen
        );
    }

    // The spans whose month end is there.
    get spans() {
        const before = this.earlierEnds.map(({date}) => date);
        const {date_to: to} = this.matrix.pair;
        return SPANS.filter(({key}) => before.includes(monthEndBefore(to, key)));
    }

    get chosenSpan() {
        const {date_from: from, date_to: to} = this.matrix.pair;
        const found = this.spans.find(({key}) => monthEndBefore(to, key) === from);
        return found && found.key;
    }

    get sentence() {
        const {moves} = this.matrix.table;
        const total = moves.improved + moves.stayed + moves.worsened;
        if (!total) {
            return _t("No customer was there at both ends");
        }
        return _t(
            "%(improved)s improved, %(stayed)s stayed, %(worsened)s worsened",
            Object.fromEntries(
                this.legend.map(({move}) => [move, formatShare(moves[move] / total)])
            )
        );
    }

    end(name) {
        const day = this.matrix.pair[name];
        return this.matrix.ends.find(({date}) => date === day);
    }

    show(cell, row) {
        const {measure} = this.asked;
        if (measure === "share") {
            return formatShare(row.total.count ? cell.count / row.total.count : null);
        }
        return measure === "count"
            ? formatInteger(cell.count)
            : formatCurrency(cell[measure], this.matrix.currency_id);
    }

    shade({move, count}, {total}) {
        const tint = TINTS[move];
        return tint && total.count
            ? `background-color: rgba(${tint}, ${0.12 + (0.5 * count) / total.count})`
            : "";
    }

    ask(values) {
        Object.assign(this.asked, this.matrix.pair, values);
        return this.loading.reload();
    }

    askSpan(months) {
        const {date_to: to} = this.matrix.pair;
        return this.ask({date_from: monthEndBefore(to, months)});
    }

    chooseMeasure(measure) {
        this.asked.measure = measure;
    }

    openCell(row, column) {
        const domain = pairDomain(this.matrix.company_id, this.matrix.pair);
        return this.action.doAction(
            migrationRows(
                _t("%(from)s → %(to)s", {from: row.label, to: column.label}),
                [...domain, ...row.domain, ...column.domain]
            )
        );
    }
}

registry.category("actions").add("crm_value_migration", MigrationMatrix);
