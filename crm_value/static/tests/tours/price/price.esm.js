import {registry} from "@web/core/registry";

const priceCell = ".o_field_x2many .o_data_row [name=price_unit]";

registry.category("web_tour.tours").add("crm_value_one_face", {
    steps: () => [
        {
            content: "A colleague's offer is said first",
            trigger: ".o_value_panel_first[data-tone=danger]:contains('Wang offers')",
        },
        {
            content: "It stands on the quotation's own part, and opens nothing",
            trigger: ".o_value_panel section[data-part=order] span:contains('88.00')",
        },
        {
            content: "The line is marked: open its prices",
            trigger: ".o_value_price[data-wrong=conflict]",
            run: "click",
        },
        {
            content: "What was paid last, and by whom it was sold",
            trigger: ".o_value_ruler:contains('Wang sold it to them at')",
        },
        {
            content: "The price that is typed has its mark on the scale",
            trigger: ".o_value_ruler_mark.o_value_ruler_typed",
        },
        {
            content: "Type the colleague's price",
            trigger: priceCell,
            run: "click",
        },
        {
            content: "88",
            trigger: `${priceCell} input`,
            run: "edit 88 && click .o_form_view .o_form_sheet",
        },
        {
            content: "Nothing is wrong with it any more",
            trigger: ".o_value_price[data-wrong='']",
        },
        {
            content: "The panel says so too, more quietly",
            trigger:
                ".o_value_panel section[data-part=order]:contains('at the same price')",
        },
        {
            content: "Go back to the own price",
            trigger: priceCell,
            run: "click",
        },
        {
            content: "92",
            trigger: `${priceCell} input`,
            run: "edit 92 && click .o_form_view .o_form_sheet",
        },
        {
            content: "It is marked again",
            trigger: ".o_value_price[data-wrong=conflict]",
        },
        {
            content: "Send it",
            trigger: ".o_statusbar_buttons button[name=action_quotation_send]",
            run: "click",
        },
        {
            content: "The other offer is named",
            trigger: ".modal [name=offers]:contains('Wang offers')",
        },
        {
            content: "Say why",
            trigger: ".modal [name=reason] input",
            run: "edit Agreed with Wang",
        },
        {
            content: "Go on",
            trigger: ".modal button[name=action_answer]",
            run: "click",
        },
        {
            content: "The mail is written",
            trigger: ".modal .o_mail_composer_form_view, .modal .o_mail_composer_form",
        },
        {
            content: "Send the mail",
            trigger: ".modal button.o_mail_send",
            run: "click",
        },
        {
            content: "The quotation is sent",
            trigger:
                ".o_statusbar_status button[data-value=sent].o_arrow_button_current",
        },
    ],
});
