import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

// A screen of figures about answers, each of which opens the answers behind it.
export class AnswersScreen extends Screen {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    sayHidden() {
        return this.notification.add(
            _t("Individual employee responses are not shown to anyone.")
        );
    }

    /**
     * @param {String} name of the figure
     * @param {Array|Boolean} domain of its answers, false where nobody may see them
     */
    openAnswers(name, domain) {
        if (!domain) {
            return this.sayHidden();
        }
        return this.openRows(_t("Answers: %s", name), "crm.value.answer", domain);
    }

    /**
     * @param {String} name of the figure
     * @param {Array|Boolean} domain of its responses, false where nobody may see them
     */
    openResponses(name, domain) {
        if (!domain) {
            return this.sayHidden();
        }
        return this.openRows(
            _t("Responses: %(name)s", {name}),
            "crm.value.response",
            domain,
            {views: [[false, "list"]]}
        );
    }
}
