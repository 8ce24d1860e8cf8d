import {Screen} from "../core/screen.esm";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

// A screen of figures about answers, each of which opens the answers behind it.
export class AnswersScreen extends Screen {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    /**
     * @param {String} name of the figure
     * @param {Array|Boolean} domain of its answers, false where nobody may see them
     */
    openAnswers(name, domain) {
        if (!domain) {
            return this.notification.add(
                _t("Individual employee responses are not shown to anyone.")
            );
        }
        return this.openRows(_t("Answers: %s", name), "crm.value.answer", domain);
    }
}
