import {Component, useState} from "@odoo/owl";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {barsConfig} from "./overview_config.esm";
import {behindAction} from "../core/rows.esm";
import {makeContext} from "@web/core/context";
import {useLoadingAtOnce} from "../core/loading.esm";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

// One question of the overview: it asks for its answer, and vanishes without one.
export class OverviewPart extends Component {
    static template = "crm_value.OverviewPart";
    static components = {ValueChart};
    static props = {name: String, month: String, company: Number};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.shown = useState({tables: {}});
        this.loading = useLoadingAtOnce(() => this.load());
    }

    async load() {
        const {name, month, company} = this.props;
        const asked = [name, month, company];
        const told = await this.orm.call("crm.value.overview", "get_part", asked);
        if (told) {
            told.configs = (told.charts || []).map((chart) =>
                barsConfig(chart, (opens) => this.open(opens))
            );
        }
        return told;
    }

    get told() {
        return this.loading.data;
    }

    get code() {
        return this.props.name.split(".").pop();
    }

    get titleId() {
        return `o_value_part_${this.code}`;
    }

    sayTable(at) {
        return this.shown.tables[at] ? _t("Show as Chart") : _t("Show as Table");
    }

    toggle(at) {
        this.shown.tables[at] = !this.shown.tables[at];
    }

    /** Open the screen or the rows behind a mark. */
    async open(opens) {
        if (!opens) {
            return undefined;
        }
        if (opens.action) {
            return this.openScreen(opens);
        }
        return this.action.doAction(behindAction(opens));
    }

    /** Open a screen with the filters of the mark, not those that it has by itself. */
    async openScreen({action: name, context}) {
        const action = await this.action.loadAction(name);
        action.context = makeContext([action.context, context], user.context);
        return this.action.doAction(action);
    }

    /** Do what a button of a line says, then read the part again. */
    async press({model, method}, id) {
        const reload = () => this.loading.reload();
        await this.action.doActionButton({
            type: "object",
            name: method,
            resModel: model,
            resId: id,
            resIds: [id],
            onClose: reload, // Of the dialog that asks for more, if one does.
        });
        await reload();
    }
}
