import {_t} from "@web/core/l10n/translation";

// A state is told by a sign and a word; the colour says it once more.
const LIGHTS = {
    good: {icon: "fa-check-circle", label: _t("On Target")},
    warn: {icon: "fa-exclamation-triangle", label: _t("Below Target")},
    bad: {icon: "fa-times-circle", label: _t("Below the Red Flag")},
    none: {icon: "fa-circle-o", label: _t("Not Known")},
};

export const VERDICTS = {
    supported: {sign: "✓", label: _t("Supported")},
    contradicted: {sign: "✗", label: _t("Contradicted")},
    none: {sign: "?", label: _t("No Evidence")},
    untestable: {sign: "–", label: _t("Not Testable")},
};

export const lightOf = ({light}) => ({key: light, ...(LIGHTS[light] || LIGHTS.none)});

/** The verdict of an arrow; before the first test it is none that could be tested. */
export const verdictOf = ({verdict, verdict_name: name}) => {
    const found = VERDICTS[verdict] || VERDICTS.untestable;
    return {
        key: verdict || "untestable",
        sign: found.sign,
        label: name || found.label,
    };
};
