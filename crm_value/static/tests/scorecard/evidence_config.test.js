import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {pointsConfig, seriesConfig} from "@crm_value/scorecard/evidence_config.esm";

describe.current.tags("headless");

beforeEach(allowTranslations);

const END = {series: [["2026-05-01", 4]], unit: "Hours"};
const EVIDENCE = {
    cause: {...END, name: "Waiting", turned: true},
    effect: {...END, name: "Satisfaction", unit: "Score", turned: false},
    points: [[-1, 2]],
};

test("an axis that is turned round says so", () => {
    const {x, y} = pointsConfig(EVIDENCE).options.scales;
    expect(x.title.text).toEqual(["Waiting", "less is on the right"]);
    expect(y.title.text).toBe("Satisfaction");
});

test("a series stays as it was counted, and says what is better", () => {
    const [cause, effect] = seriesConfig(EVIDENCE).data.datasets;
    expect(cause.data).toEqual([4]);
    expect(cause.label).toBe("Waiting (Hours, less is better)");
    expect(effect.label).toBe("Satisfaction (Score)");
});

test("without points there is no chart", () => {
    expect(pointsConfig({...EVIDENCE, points: []})).toBe(null);
});
