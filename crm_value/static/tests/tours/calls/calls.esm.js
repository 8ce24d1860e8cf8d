import {cookie} from "@web/core/browser/cookie";
import {registry} from "@web/core/registry";

const card = (text) => `.o_value_call:contains('${text}')`;

// Tell an event as a telephone system does; the test left the key in a cookie.
async function tell(event, call, from) {
    const key = cookie.get("crm_value_key");
    const body = {event, callId: call, from, to: "800", direction: "in"};
    const response = await fetch(`/crm_value/calls/v1/event/${key}`, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({...body, user: event === "newCall" ? [] : ["101"]}),
    });
    if (!response.ok) {
        throw new Error(`The event was refused: ${response.status}`);
    }
}

registry.category("web_tour.tours").add("crm_value_calls", {
    steps: () => [
        {
            content: "The shared number of two contacts rings",
            trigger: ".o_list_view",
            run: () => tell("newCall", "tour 1", "13800138000"),
        },
        {
            content: "The card says whose it is before the call is taken",
            trigger: card("Tour Azure"),
        },
        {
            content: "Say which of the contacts it is",
            trigger: `${card("Incoming call")} .o_value_call_choice:contains('Ben')`,
            run: "click",
        },
        {
            content: "Take the call",
            trigger: `${card("Ben")} .o_value_call_who:contains('Ben')`,
            run: () => tell("answer", "tour 1", "13800138000"),
        },
        {
            content: "A ticket of the call",
            trigger: `${card("On the phone")} .o_value_call_ticket`,
            run: "click",
        },
        {
            content: "It has its customer",
            trigger: ".o_form_view .o_field_widget[name=partner_id] input:value(/Ben/)",
        },
        {
            content: "Give it a title",
            trigger:
                ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
            run: "edit Crates are missing",
        },
        {
            content: "Say what it is about",
            trigger: ".o_field_widget[name=description] .odoo-editor-editable",
            run: "editor Two of them",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Hang up",
            trigger: ".o_form_saved",
            run: () => tell("hangup", "tour 1", "13800138000"),
        },
        {
            content: "Put the card away",
            trigger: `${card("Call ended")} .btn-close`,
            run: "click",
        },
        {
            content: "It is gone; another call comes from a number nobody has",
            trigger: "body:not(:has(.o_value_call))",
            run: () => tell("newCall", "tour 2", "13900139000"),
        },
        {
            content: "It offers a lead, and no customer",
            trigger: `${card("Unknown caller")}:not(:has(.o_value_call_open)) .o_value_call_lead`,
            run: "click",
        },
        {
            content: "The lead has the number; nobody takes the call",
            trigger: ".o_form_view .o_field_widget[name=phone] input:value(/139/)",
            run: () => tell("hangup", "tour 2", "13900139000"),
        },
        {
            content: "Its card is gone",
            trigger: "body:not(:has(.o_value_call))",
        },
        {
            content: "Discard the lead",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});
