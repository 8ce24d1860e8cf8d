import {describe, expect, test} from "@odoo/hoot";
import {isShown} from "@crm_value/calls/call_service.esm";

describe.current.tags("headless");

const ME = 7;

test("a call that rings is shown, one that nobody took is not", () => {
    expect(isShown({state: "ringing", user_id: false}, false, ME)).toBe(true);
    expect(isShown({state: "missed", user_id: false}, true, ME)).toBe(false);
});

test("a call that is taken stays with who took it", () => {
    expect(isShown({state: "answered", user_id: ME}, true, ME)).toBe(true);
    expect(isShown({state: "answered", user_id: 8}, true, ME)).toBe(false);
});

test("a call that ended stays until it is put away, where it was open", () => {
    expect(isShown({state: "ended", user_id: ME}, true, ME)).toBe(true);
    expect(isShown({state: "ended", user_id: ME}, false, ME)).toBe(false);
});
