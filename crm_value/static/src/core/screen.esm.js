import {formatScore, formatShare, formatShortShare, isKnown} from "./format.esm";
import {Component} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {ValueChart} from "./chart.esm";
import {ValueChoice} from "./choice.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatInteger} from "@web/views/fields/formatters";
import {rowsAction} from "./rows.esm";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLoadingAtOnce} from "./loading.esm";
import {useService} from "@web/core/utils/hooks";

// A screen behind a menu: shows what the server answers, and asks again when another
// choice is made. A screen with choices keeps them in the state this.asked.
export class Screen extends Component {
    static components = {Layout, ValueChart, ValueChoice};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        Object.assign(this, {
            formatInteger,
            formatScore,
            formatShare,
            formatShortShare,
        });
        this.loading = useLoadingAtOnce(() => this.load());
    }

    /** What the server answered last. */
    get found() {
        return this.loading.data;
    }

    /** Ask the server: every screen says what. */
    load() {
        throw new Error(`${this.constructor.name} does not say what it loads`);
    }

    /**
     * @param {Object} values other choices
     * @returns {Promise} resolved when they are answered
     */
    ask(values) {
        Object.assign(this.asked, values);
        return this.loading.reload();
    }

    /** Open the rows behind a figure, as rowsAction describes them. */
    openRows(...rows) {
        return this.action.doAction(rowsAction(...rows));
    }

    sayRevenue({revenue}) {
        return _t("Revenue %s", this.formatMoney(revenue));
    }

    sayMargin({margin}) {
        return _t("Margin %s", this.formatMoney(margin));
    }

    formatMoney(amount) {
        return formatCurrency(amount || 0, this.found.currency_id);
    }

    /** An estimate: two digits, as it is no surer than that. */
    formatAboutMoney(amount) {
        return this.formatWholeMoney(
            isKnown(amount) ? Number(amount.toPrecision(2)) : amount
        );
    }

    // No estimate is good to the cent.
    formatWholeMoney(amount) {
        const whole = {digits: [16, 0]};
        return isKnown(amount)
            ? formatCurrency(amount, this.found.currency_id, whole)
            : "–";
    }
}
