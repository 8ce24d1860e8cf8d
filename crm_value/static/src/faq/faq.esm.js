import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

const WAIT = 300; // ms after the last key
const READ = ["name", "description"];

// Frequent questions that read like the ticket, found anew while somebody types.
export class Faq extends Component {
    static template = "crm_value.Faq";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.found = useState({suggestions: [], is_simple: false});
        this.suggest = useDebounced(() => this.load(), WAIT);
        this.onInput = (ev) => ev.target.closest(this.fields) && this.suggest();
        onMounted(() => this.form?.addEventListener("input", this.onInput));
        onWillUnmount(() => this.form?.removeEventListener("input", this.onInput));
        useEffect(
            () => {
                this.load();
            },
            () => [this.ticket.resId, this.category, this.ticket.data.name]
        );
    }

    get ticket() {
        return this.props.record;
    }

    get category() {
        return this.ticket.data.category_id?.id;
    }

    get form() {
        this.container = this.container || this.root.el?.closest(".o_form_view");
        return this.container;
    }

    get fields() {
        return READ.map((name) => `.o_field_widget[name=${name}]`).join();
    }

    /** What stands in a field of the form now, be it saved or not. */
    typed(name) {
        const place = this.form?.querySelector(`.o_field_widget[name=${name}]`);
        const input = place?.querySelector("input, textarea");
        const text = input ? input.value : place?.innerText;
        return text || String(this.ticket.data[name] || "");
    }

    async load() {
        const turn = (this.turn = {});
        const found = await this.orm.call("crm.value.faq", "get_suggestions", [
            ...READ.map((name) => this.typed(name)),
            this.category,
            this.ticket.resId,
        ]);
        if (turn === this.turn) {
            Object.assign(this.found, found);
        }
    }

    /** Open a reply with the answer; it counts as used once it is sent. */
    async insert({id}) {
        if (!(await this.ticket.save())) {
            return;
        }
        const {resModel, resId} = this.ticket;
        const reply = await this.orm.call(resModel, "action_insert_faq", [[resId], id]);
        await this.action.doAction(reply, {
            onClose: async () => {
                await this.ticket.load();
                await this.load();
            },
        });
    }

    async mark({id, unhelpful}) {
        const {resModel, resId} = this.ticket;
        await this.orm.call(resModel, "mark_faq", [[resId], id, !unhelpful]);
        await this.load();
    }
}

registry.category("view_widgets").add("value_faq", {component: Faq});
