import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

// Says what was decided, with a way back; the list behind it is read again.
export function showDecided(env, {params}) {
    const {action, notification, orm} = env.services;
    const close = notification.add(params.message, {
        type: "success",
        buttons: [
            {
                name: _t("Undo"),
                onClick: async () => {
                    close();
                    await orm.call("crm.value.decision", "action_undo", [
                        params.decision_ids,
                    ]);
                    await action.doAction("soft_reload");
                },
            },
        ],
    });
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("crm_value_decided", showDecided);
