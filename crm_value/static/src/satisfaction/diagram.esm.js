import {BOX, HEIGHT, WIDTH, arrow, placeConstructs} from "./diagram_layout.esm";
import {Component} from "@odoo/owl";
import {formatEffect, formatScore, isKnown} from "../core/format.esm";
import {openByKey} from "../core/key.esm";

// The constructs and how strongly each acts on the next.
export class IndexDiagram extends Component {
    static template = "crm_value.IndexDiagram";
    static props = {result: Object, open: Function, label: String};

    setup() {
        this.box = BOX;
        this.formatScore = formatScore;
        this.openByKey = openByKey;
    }

    /** Room above only where an arrow passes over the whole model. */
    get viewBox() {
        const above = this.arrows.some(({over}) => over) ? 0.16 * HEIGHT : 0;
        return `-10 ${-above} ${WIDTH + 20} ${HEIGHT + above + 10}`;
    }

    get places() {
        const {constructs, target_id: target} = this.props.result;
        return placeConstructs(constructs, target);
    }

    get boxes() {
        const places = this.places;
        return this.props.result.constructs.map((construct) => ({
            ...construct,
            ...places[construct.id],
            said: `${construct.name} ${formatScore(construct.value)}`,
            isTarget: construct.id === this.props.result.target_id,
            explained: isKnown(construct.r2) && `R² ${formatEffect(construct.r2)}`,
        }));
    }

    get arrows() {
        const places = this.places;
        const target = places[this.props.result.target_id];
        return this.props.result.paths
            .filter(({coefficient}) => isKnown(coefficient))
            .map((path) => ({
                ...path,
                ...arrow(
                    places[path.cause_id],
                    places[path.effect_id],
                    target ? target.column : 0
                ),
                text: formatEffect(path.coefficient),
                width: 1 + 6 * Math.min(Math.abs(path.coefficient), 1),
                title: this.describe(path),
            }));
    }

    describe({coefficient, low, high}) {
        const ends = isKnown(low)
            ? ` (${formatEffect(low)} – ${formatEffect(high)})`
            : "";
        return `${formatEffect(coefficient)}${ends}`;
    }
}
