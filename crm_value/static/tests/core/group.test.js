import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";
import "@crm_value/core/group.esm";

class Profile extends models.Model {
    _name = "crm.value.profile";

    quadrant = fields.Selection({
        selection: [["gold", "Gold"]],
        falsy_value_label: "No Quadrant Yet",
    });
    relation = fields.Selection({selection: [["active", "Active"]]});

    _records = [{id: 1, quadrant: "gold", relation: "active"}, {id: 2}];
}

defineMailModels();
defineModels([Profile]);

const ARCH = `<kanban><templates><t t-name="card"><field name="id"/></t></templates></kanban>`;

async function columns(groupBy) {
    await mountView({
        type: "kanban",
        resModel: "crm.value.profile",
        arch: ARCH,
        groupBy: [groupBy],
    });
    return queryAllTexts(".o_kanban_group .o_column_title");
}

test("the column without a quadrant has a name", async () => {
    expect((await columns("quadrant")).join(" ")).toInclude("No Quadrant Yet");
});

test("what has no name of its own is called none", async () => {
    expect((await columns("relation")).join(" ")).toInclude("None");
});
