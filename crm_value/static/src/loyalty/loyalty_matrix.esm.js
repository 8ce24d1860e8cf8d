import {sayCustomers, sayMonths} from "../core/words.esm";
import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatScore, formatShare} from "../core/format.esm";
import {registry} from "@web/core/registry";

const COLUMNS = [
    {key: "high", label: _t("High attitude")},
    {key: "low", label: _t("Low attitude")},
    {key: "unknown", label: _t("Attitude not known")},
];
const ROWS = [
    {key: "high", label: _t("High behaviour")},
    {key: "low", label: _t("Low behaviour")},
];

// What customers do against what they say (Dick, Basu 1994).
export class LoyaltyMatrix extends Screen {
    static template = "crm_value.LoyaltyMatrix";
    static displayName = _t("Loyalty Matrix");

    setup() {
        super.setup();
        this.columns = COLUMNS;
    }

    load() {
        return this.orm.call("crm.value.profile", "get_loyalty_matrix", []);
    }

    get rows() {
        return ROWS.map((row) => ({
            ...row,
            cells: this.found.cells.filter(({behaviour}) => behaviour === row.key),
        }));
    }

    get sentence() {
        const {answered, cells} = this.found;
        if (!answered) {
            return _t("No survey responses yet: attitudinal loyalty is not known");
        }
        const loyal = cells.find(({code}) => code === "loyal").count;
        return _t("Loyal: %(loyal)s of %(answered)s who responded", {
            loyal: formatInteger(loyal),
            answered: sayCustomers(answered),
        });
    }

    get explanation() {
        const matrix = this.found;
        return _t(
            "%(company)s: customers with a purchase. High means a behaviour score from %(behaviour)s and an attitude score from %(attitude)s, from responses within %(months)s. Revenue is that of the value window. Click a box to see its customers.",
            {
                company: matrix.company,
                behaviour: formatScore(matrix.behaviour_cut),
                attitude: formatScore(matrix.attitude_cut),
                months: sayMonths(matrix.attitude_months),
            }
        );
    }

    sayCount({count}) {
        return `${sayCustomers(count)} (${formatShare(count / this.found.total)})`;
    }

    openCell({behaviour, attitude, domain}) {
        const of = (entries, key) => entries.find((one) => one.key === key).label;
        return this.openRows(
            _t("%(behaviour)s, %(attitude)s", {
                behaviour: of(ROWS, behaviour),
                attitude: of(COLUMNS, attitude),
            }),
            "crm.value.profile",
            domain,
            {
                views: [
                    [this.found.list_view_id, "list"],
                    [false, "form"],
                ],
            }
        );
    }
}

registry.category("actions").add("crm_value_loyalty_matrix", LoyaltyMatrix);
