import {Group} from "@web/model/relational_model/group";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

// Odoo names the group of records without a value, except where the field is a
// selection. A column of customers without a quadrant says what they are.
patch(Group.prototype, {
    setup(config) {
        super.setup(...arguments);
        const ours =
            config.resModel.startsWith("crm.value.") ||
            config.groupByFieldName.startsWith("value_");
        if (ours && this.groupByField.type === "selection") {
            this.displayName ||= this.groupByField.falsy_value_label || _t("None");
        }
    },
});
