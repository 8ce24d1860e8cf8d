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
