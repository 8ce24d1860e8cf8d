import {Domain} from "@web/core/domain";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

const NUMBERS = [["role", "!=", "reason"]];

// Answers in words have no number to be drawn.
class AnswerGraphModel extends graphView.Model {
    _loadDataPoints(metaData) {
        const domain = Domain.and([metaData.domain, NUMBERS]).toList();
        return super._loadDataPoints({...metaData, domain});
    }
}

// A month in which nobody answered is a gap, not a zero.
class AnswerGraphRenderer extends graphView.Renderer {
    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            const {domains} = dataset;
            dataset.data = dataset.data.map((value, at) =>
                domains[at] && domains[at].length ? value : null
            );
            dataset.spanGaps = true;
        }
        return data;
    }
}

registry.category("views").add("value_answer_graph", {
    ...graphView,
    Model: AnswerGraphModel,
    Renderer: AnswerGraphRenderer,
});
