import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const METHODS = {
    stage_id: "action_override_stage",
    tier_id: "action_override_tier",
};

// Customers by stage or by tier. Both follow from the purchases: who drags a customer to
// another one overrules that, and is asked why and until when.
export class LifecycleKanbanRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        onWillStart(async () => {
            this.mayOverrule = await user.hasGroup("crm_value.group_manager");
        });
    }

    get method() {
        return METHODS[this.props.list.groupByField?.name];
    }

    get canMoveRecords() {
        return this.mayOverrule && Boolean(this.method);
    }

    get canResequenceRecords() {
        return this.canMoveRecords;
    }

    async sortRecordDrop(recordId, groupId, {parent}) {
        const {groups, model, records} = this.props.list;
        parent?.classList.remove("o_kanban_hover");
        const target = groups.find((group) => group.id === parent?.dataset.id);
        const record = records.find((known) => known.id === recordId);
        if (!record || !target?.value || target.id === groupId) {
            return;
        }
        const action = await this.orm.call("crm.value.profile", this.method, [
            [record.resId],
            target.value,
        ]);
        await this.env.services.action.doAction(action, {
            onClose: () => model.root.load(),
        });
    }
}

registry
    .category("views")
    .add("value_lifecycle_kanban", {...kanbanView, Renderer: LifecycleKanbanRenderer});
