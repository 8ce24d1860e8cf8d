import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {drawLinks} from "./map_layout.esm";
import {openByKey} from "../core/key.esm";
import {verdictOf} from "./map_signs.esm";

// The arrows between the cards beside it, drawn anew when these move.
export class MapArrows extends Component {
    static template = "crm_value.MapArrows";
    static props = {
        links: Array,
        name: Function, // Of a link, for who cannot see it
        open: Function,
        chosen: {optional: true},
    };

    setup() {
        this.svg = useRef("svg");
        this.drawn = useState({arrows: [], width: 0, height: 0});
        this.openByKey = openByKey;
        useEffect(
            () => this.draw(),
            () => [this.props.links]
        );
        this.observer = new ResizeObserver(() => this.draw());
        onMounted(() => this.observer.observe(this.frame));
        onWillUnmount(() => this.observer.disconnect());
    }

    get frame() {
        return this.svg.el.closest(".o_value_bands");
    }

    draw() {
        const {frame} = this;
        const {left, top, width, height} = frame.getBoundingClientRect();
        const boxes = [...frame.querySelectorAll("[data-objective]")].map((card) => {
            const rect = card.getBoundingClientRect();
            return {
                id: Number(card.dataset.objective),
                x: rect.left - left,
                y: rect.top - top,
                width: rect.width,
                height: rect.height,
            };
        });
        const arrows = drawLinks(boxes, this.props.links).map((arrow) => ({
            ...arrow,
            verdict: verdictOf(arrow),
        }));
        Object.assign(this.drawn, {arrows, width, height});
    }
}
