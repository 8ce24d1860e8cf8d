const VIEWS = [
    [false, "list"],
    [false, "pivot"],
    [false, "graph"],
];

/**
 * @param {String} name what the list is called
 * @param {Array} domain the rows behind a figure
 * @param {String} [filter] a filter of the search that is set, and can be taken off
 * @returns {Object} the action that lists customers at the ends of two months
 */
export const migrationRows = (name, domain, filter) => ({
    type: "ir.actions.act_window",
    name,
    res_model: "crm.value.migration",
    views: VIEWS,
    domain,
    context: filter ? {[`search_default_${filter}`]: 1} : {},
});

export const pairDomain = (companyId, {date_from: from, date_to: to}) => [
    ["company_id", "=", companyId],
    ["date_from", "=", from],
    ["date_to", "=", to],
];
