import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {formatScore, isKnown} from "../core/format.esm";
import {openByKey} from "../core/key.esm";
import {roundTicks} from "./ticks.esm";

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 60;
const BOTTOM = 50;

/** Whether the name of a point would run into that of one before. */
const isCrowded = ({x, y}, others) =>
    others.some((one) => Math.abs(one.x - x) < 130 && Math.abs(one.y - y) < 24);

// Each cause of satisfaction by how strongly it acts, and how good it is.
export class ImportanceMap extends Component {
    static template = "crm_value.ImportanceMap";
    static props = {result: Object, open: Function, label: String};

    setup() {
        this.size = {width: WIDTH, height: HEIGHT, left: LEFT, bottom: BOTTOM};
        this.openByKey = openByKey;
        this.viewBox = `0 -10 ${WIDTH + 20} ${HEIGHT + BOTTOM + 20}`;
    }

    get importanceLabel() {
        return this.props.result.in_points
            ? _t("Importance: points of satisfaction for one point more")
            : _t("Importance: total effect on satisfaction, in standard deviations");
    }

    get causes() {
        return this.props.result.constructs.filter(
            ({importance, value}) => isKnown(importance) && isKnown(value)
        );
    }

    /** Ends of both axes. */
    get scale() {
        const totals = this.causes.map(({importance}) => importance);
        const values = this.causes.map(({value}) => value);
        return {
            x: [Math.min(0, ...totals), Math.max(...totals) * 1.15 || 1],
            y: [
                Math.max(Math.floor((Math.min(...values) - 3) / 5) * 5, 0),
                Math.min(Math.ceil((Math.max(...values) + 3) / 5) * 5, 100),
            ],
        };
    }

    x(total) {
        const [low, high] = this.scale.x;
        return LEFT + ((total - low) / (high - low)) * (WIDTH - LEFT);
    }

    y(value) {
        const [low, high] = this.scale.y;
        return HEIGHT - ((value - low) / (high - low)) * HEIGHT;
    }

    get points() {
        const placed = this.causes.map((cause) => ({
            ...cause,
            x: this.x(cause.importance),
            y: this.y(cause.value),
        }));
        return placed.map((cause, at) => ({
            ...cause,
            text: cause.y + (isCrowded(cause, placed.slice(0, at)) ? 24 : -15),
            title: _t("%(name)s: total effect %(total)s, index %(value)s", {
                name: cause.name,
                total: formatFloat(cause.importance, {digits: [16, 2]}),
                value: formatScore(cause.value),
            }),
        }));
    }

    /** Where the means part the map in four. */
    get middle() {
        const {total, value} = this.props.result.means;
        return {x: this.x(total), y: this.y(value)};
    }

    get ticks() {
        const {x, y} = this.scale;
        return {
            x: roundTicks(...x).map((value) => ({
                at: this.x(value),
                text: formatFloat(value, {digits: [16, 2]}),
            })),
            y: roundTicks(...y).map((value) => ({
                at: this.y(value),
                text: formatFloat(value, {digits: [16, 0]}),
            })),
        };
    }
}
