import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

// Counts as words.py says them: one apart from many, by the words of its own.

export const sayDays = (days) =>
    days === 1 ? _t("1 day") : _t("%(days)s days", {days: formatInteger(days)});

export const sayMonths = (months) =>
    months === 1
        ? _t("1 month")
        : _t("%(months)s months", {months: formatInteger(months)});

export const sayCustomers = (customers) =>
    customers === 1
        ? _t("1 customer")
        : _t("%(customers)s customers", {customers: formatInteger(customers)});

export const sayResponses = (responses) =>
    responses === 1
        ? _t("1 response")
        : _t("%(responses)s responses", {responses: formatInteger(responses)});

export const sayPeople = (people) =>
    people === 1
        ? _t("1 person")
        : _t("%(people)s people", {people: formatInteger(people)});

export const sayMeasures = (measures) =>
    measures === 1
        ? _t("1 measure")
        : _t("%(measures)s measures", {measures: formatInteger(measures)});
