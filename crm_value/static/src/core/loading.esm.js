import {onMounted, useState} from "@odoo/owl";

const DENIED = "odoo.exceptions.AccessError";

/**
 * Load data and know how that stands: "loading", "ready", "failed" or "denied".
 *
 * @param {Function} load returns a promise of the data
 * @returns {Object} reactive status, data and reload
 */
export function useLoading(load) {
    const state = useState({status: "idle", data: null, reload: null});
    state.reload = async () => {
        state.status = "loading";
        try {
            state.data = await load();
            state.status = "ready";
        } catch (error) {
            state.status = error.exceptionName === DENIED ? "denied" : "failed";
            console.warn(error);
        }
    };
    return state;
}

/**
 * Load as soon as the component is on the screen.
 *
 * @param {Function} load returns a promise of the data
 * @returns {Object} as useLoading
 */
export function useLoadingAtOnce(load) {
    const state = useLoading(load);
    state.status = "loading";
    onMounted(state.reload);
    return state;
}
