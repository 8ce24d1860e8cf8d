import {formatScore, formatSigned} from "../core/format.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {useLoading} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

// Why the score differs from the last month end; computed when asked for.
export class ValueChange extends Component {
    static template = "crm_value.ValueChange";
    static props = {resId: Number};

    setup() {
        const orm = useService("orm");
        this.loading = useLoading(() =>
            orm.call("crm.value.profile", "get_change", [[this.props.resId]])
        );
        this.formatScore = formatScore;
        this.formatSigned = formatSigned;
    }

    get change() {
        return this.loading.data;
    }
    get since() {
        const date = formatDate(deserializeDate(this.change.date));
        return _t("Score on %s", date);
    }

    get total() {
        return this.change.after - this.change.before;
    }

    /** A bar from the middle to the left or right, the largest part being half. */
    barStyle(points) {
        const sizes = this.change.parts.map((part) => Math.abs(part.points));
        const width = (50 * Math.abs(points)) / Math.max(...sizes, 1);
        return `width: ${width}%; ${points < 0 ? "right" : "left"}: 50%;`;
    }
}
