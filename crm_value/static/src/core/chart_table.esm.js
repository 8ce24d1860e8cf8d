import {formatScore} from "./format.esm";

/**
 * What a chart says, for who cannot see it.
 *
 * @param {Object} config of a chart whose points have labels
 * @returns {Object} the names of its columns, and its rows of a label and texts
 */
export function tableOf({data: {labels = [], datasets}}) {
    const named = datasets.filter(({label}) => label);
    return {
        columns: named.map(({label}) => label),
        rows: labels.map((label, at) => ({
            label,
            texts: named.map(({data}) => formatScore(data[at])),
        })),
    };
}
