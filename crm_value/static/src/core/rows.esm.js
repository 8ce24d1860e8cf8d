const ANALYSIS = [
    [false, "list"],
    [false, "pivot"],
    [false, "graph"],
];

/**
 * The action that opens the rows behind a figure.
 *
 * @param {String} name what the list is called
 * @param {String} model of the rows
 * @param {Array} domain the rows
 * @param {Object} [options]
 * @param {Array} [options.views] default: list, pivot and graph
 * @param {String} [options.filter] a filter of the search that is set, and can be taken
 * off
 * @returns {Object} an action of Odoo
 */
export const rowsAction = (name, model, domain, {views = ANALYSIS, filter} = {}) => ({
    type: "ir.actions.act_window",
    name,
    res_model: model,
    views,
    domain,
    context: filter ? {[`search_default_${filter}`]: 1} : {},
});

export const pairDomain = (companyId, {date_from: from, date_to: to}) => [
    ["company_id", "=", companyId],
    ["date_from", "=", from],
    ["date_to", "=", to],
];

const VIEWS = [
    [false, "list"],
    [false, "form"],
];

/**
 * The action that opens what the server says is behind something.
 *
 * @param {Object} opens title and model, with the domain of the rows, or a record's id
 * @returns {Object} an action of Odoo
 */
export const behindAction = ({title, model, domain, search, context, id}) => ({
    type: "ir.actions.act_window",
    name: title,
    res_model: model,
    views: id ? [[false, "form"]] : VIEWS,
    res_id: id || false,
    domain,
    context,
    search_view_id: [search || false],
});
