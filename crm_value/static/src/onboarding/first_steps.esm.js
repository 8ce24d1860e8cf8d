import {Component, useState} from "@odoo/owl";
import {Overview} from "../overview/overview.esm";
import {_t} from "@web/core/l10n/translation";
import {answered} from "../core/action.esm";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const PANEL = "onboarding.onboarding";
const STEP = "onboarding.onboarding.step";

// The first steps of a company, above its overview: Odoo's onboarding, which has no
// panel of its own for screens like this one.
export class FirstSteps extends Component {
    static template = "crm_value.FirstStepsPanel";
    static props = {company: Number, onChange: Function};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.loading = useLoadingAtOnce(() => this.ask(PANEL, "get_value_steps"));
        this.shown = useState({unfolded: false});
    }

    /** What the server answered last, null where there is nothing to show. */
    get panel() {
        return this.loading.data;
    }

    /** Once there are figures they come first: of the steps one line is left. */
    get isFolded() {
        const isScored = ({name, state}) => name === "score" && state === "done";
        return !this.shown.unfolded && this.panel.steps.some(isScored);
    }

    get title() {
        const open = this.panel.steps.filter(({state}) => state === "open").length;
        return this.isFolded && open
            ? _t("%(name)s: %(open)s of %(all)s open", {
                  name: this.panel.name,
                  open,
                  all: this.panel.steps.length,
              })
            : this.panel.name;
    }

    unfold() {
        this.shown.unfolded = true;
    }

    /** Ask the server about the company that the overview is about. */
    ask(model, method, ...args) {
        const context = {allowed_company_ids: [this.props.company]};
        return this.orm.call(model, method, args, {context});
    }

    icon({state}) {
        const icons = {
            done: "fa-check-circle text-success",
            skipped: "fa-minus-circle",
        };
        return icons[state] || "fa-circle-o";
    }

    say({state}) {
        const words = {done: _t("Done"), skipped: _t("Skipped"), open: _t("To Do")};
        return words[state];
    }

    /** The step to take next is the one that stands out. */
    isNext(step) {
        return step === this.panel.steps.find(({state}) => state === "open");
    }

    open({method}) {
        return this.do(method);
    }

    skip({id}) {
        return this.do("action_value_skip", id);
    }

    undo({id}) {
        return this.do("action_value_undo", id);
    }

    /** Take a step; what it opens is shown, and the panel asks again afterwards. */
    async do(method, ...args) {
        const action = await this.ask(STEP, method, ...args);
        if (action) {
            const onClose = () => this.loading.reload();
            await this.action.doAction(answered(action), {onClose});
        } else {
            await this.loading.reload();
        }
    }

    async close() {
        await this.ask(PANEL, "action_value_close");
        await this.props.onChange();
    }
}

Overview.components = {...Overview.components, FirstSteps};
