import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {onMounted} from "@odoo/owl";
import {registry} from "@web/core/registry";

// Whoever comes back from mending finds what is left: it is counted again.
export class QualityListController extends ListController {
    setup() {
        super.setup();
        onMounted(async () => {
            const method = "recount_opened";
            if (await this.model.orm.call("crm.value.quality", method, [])) {
                await this.model.load();
            }
        });
    }
}

registry.category("views").add("value_quality_list", {
    ...listView,
    Controller: QualityListController,
});
