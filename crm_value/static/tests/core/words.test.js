import {
    sayCustomers,
    sayDays,
    sayMonths,
    sayPeople,
    sayResponses,
} from "@crm_value/core/words.esm";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {localization} from "@web/core/l10n/localization";

describe.current.tags("headless");

beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, {thousandsSep: ",", grouping: [3, 0]});
});

test("one is said apart from many", () => {
    expect(`${sayDays(1)}, ${sayDays(2)}`).toBe("1 day, 2 days");
    expect(`${sayMonths(1)}, ${sayMonths(12)}`).toBe("1 month, 12 months");
    expect(`${sayCustomers(1)}, ${sayCustomers(0)}`).toBe("1 customer, 0 customers");
    expect(`${sayResponses(1)}, ${sayResponses(3)}`).toBe("1 response, 3 responses");
    expect(`${sayPeople(1)}, ${sayPeople(5)}`).toBe("1 person, 5 people");
});
