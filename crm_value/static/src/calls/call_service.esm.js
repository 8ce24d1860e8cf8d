import {browser} from "@web/core/browser/browser";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const CHANNEL = "crm_value_call";
const KEPT = ["ringing", "answered", "ended"];

// Whether a call of this state is shown to who is looking: until somebody else takes it.
export function isShown({state, user_id}, isOpen, userId) {
    if (state === "ended") {
        return isOpen;
    }
    return KEPT.includes(state) && (!user_id || user_id === userId);
}

// The calls on the screen: one card a call, closed in all tabs where it is in one.
export const callService = {
    dependencies: ["bus_service", "orm"],

    start(env, {bus_service: bus, orm}) {
        const cards = reactive({});
        const closed = new Set();
        const tabs = new browser.BroadcastChannel(CHANNEL);

        const drop = (id) => {
            closed.add(id);
            delete cards[id];
        };
        const close = (id) => {
            drop(id);
            tabs.postMessage(id);
        };
        const show = async (id) => {
            const card = await orm.silent.call("crm.value.call", "get_card", [[id]]);
            if (!closed.has(id)) {
                cards[id] = card;
            }
        };
        const choose = async (id, partnerId) => {
            const args = [[id], partnerId];
            cards[id] = await orm.call("crm.value.call", "action_choose", args);
        };

        tabs.addEventListener("message", ({data}) => drop(data));
        bus.subscribe("crm_value_call", async (call) => {
            if (closed.has(call.id)) {
                return;
            }
            if (isShown(call, call.id in cards, user.userId)) {
                await show(call.id);
            } else {
                drop(call.id);
            }
        });
        return {cards, choose, close};
    },
};

registry.category("services").add("crm_value_call", callService);
