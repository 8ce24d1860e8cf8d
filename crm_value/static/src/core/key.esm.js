/**
 * Open what has the focus by the keys that press a button.
 *
 * @param {KeyboardEvent} ev
 * @param {Function} open
 */
export function openByKey(ev, open) {
    if (["Enter", " "].includes(ev.key)) {
        ev.preventDefault();
        open();
    }
}
