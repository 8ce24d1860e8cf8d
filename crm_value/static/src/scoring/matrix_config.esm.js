import {QUADRANTS} from "../core/quadrant.esm";
import {clickable} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {formatScore} from "../core/format.esm";
import {palette} from "../core/paint.esm";

const SMALLEST = 4;
const LARGEST = 22;

// The area of a point stands for the revenue.
function radius(revenue, largest) {
    const share = largest > 0 ? Math.max(revenue, 0) / largest : 0;
    return Math.max(SMALLEST, LARGEST * Math.sqrt(share));
}

// Lines where low ends and high begins.
const cutLines = ([current, potential]) => ({
    id: "crm_value_cuts",
    beforeDatasetsDraw({ctx, chartArea, scales}) {
        const {left, right, top, bottom} = chartArea;
        ctx.save();
        ctx.strokeStyle = palette().ink;
        ctx.setLineDash([6, 4]);
        ctx.beginPath();
        if (current !== null) {
            const x = scales.x.getPixelForValue(current);
            ctx.moveTo(x, top);
            ctx.lineTo(x, bottom);
        }
        if (potential !== null) {
            const y = scales.y.getPixelForValue(potential);
            ctx.moveTo(left, y);
            ctx.lineTo(right, y);
        }
        ctx.stroke();
        ctx.restore();
    },
});

function datasets({points, quadrants}) {
    const paint = palette();
    const largest = Math.max(...points.map((point) => point.revenue), 0);
    return quadrants.map(({code, label}) => {
        const inside = points.filter((point) => point.quadrant === code);
        const {paint: name, shape} = QUADRANTS[code];
        const color = paint[name];
        return {
            label,
            data: inside,
            backgroundColor: `${color}b0`,
            borderColor: color,
            pointStyle: shape,
            pointRadius: inside.map((point) => radius(point.revenue, largest)),
            pointHoverRadius: inside.map((point) => radius(point.revenue, largest) + 2),
        };
    });
}

const axis = (text) => ({min: 0, max: 100, title: {display: true, text}});

/**
 * @param {Object} matrix answer of get_value_matrix
 * @param {Function} open called with the id of a profile
 * @returns {Object} the configuration of the chart
 */
export function matrixConfig(matrix, open) {
    const describe = ({raw}) => [
        raw.name,
        _t("current %(x)s, potential %(y)s", {
            x: formatScore(raw.x),
            y: formatScore(raw.y),
        }),
        formatCurrency(raw.revenue, matrix.currency_id),
    ];
    return {
        type: "scatter",
        data: {datasets: datasets(matrix)},
        plugins: [cutLines(matrix.cuts)],
        options: {
            animation: false,
            maintainAspectRatio: false,
            clip: false,
            ...clickable(({datasetIndex, index}, chart) =>
                open(chart.data.datasets[datasetIndex].data[index].id)
            ),
            scales: {x: axis(_t("Current value")), y: axis(_t("Potential value"))},
            plugins: {
                legend: {position: "bottom", labels: {usePointStyle: true}},
                tooltip: {callbacks: {label: describe}},
            },
        },
    };
}
