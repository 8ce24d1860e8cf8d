from functools import partial

import numpy as np

from odoo import api, fields, models

from ... import words
from ...analytics.satisfaction import index
from ...analytics.satisfaction.pls import NotEstimable
from ...analytics.statistics import bootstrap
from .const import FEWEST_STAFF

BATCH = 200  # samples between two commits


class CrmValueIndexResult(models.Model):
    """Estimates a result: once from all responses, then on bootstrap samples."""

    _inherit = "crm.value.index.result"

    @api.model
    def _cron_index(self):
        """Request results of finished periods, and estimate what is queued.

        Safe to start at any time: what a killed process had begun goes on.
        """
        self._request_periods()
        self._work_queue()

    def _begin(self):
        """Start, or start again after a kill."""
        if not super()._begin():
            return False
        self.construct_ids.unlink()
        self.item_ids.unlink()
        self.path_ids.unlink()
        self.write({"done_times": 0, "message": False, "has_model": False})
        return True

    def _perform(self):
        # The cron speaks no language; what it says stays with the result.
        asking = self.company_id.partner_id if self.automatic else self.user_id
        self = self.with_context(lang=asking.lang or self.env.lang)
        sheet = self._attentive(self._sheet())
        if problem := self._problem(sheet):
            self._fail(problem)
        else:
            self._estimate(sheet)

    def _problem(self, sheet):
        """Return why there is no result, or None."""
        if len(sheet.data):
            return None
        return self.env._(
            "There are no responses to surveys of this index in this period. "
            "Employee responses count once their round is over, if there are at "
            "least %(fewest)s.",
            fewest=FEWEST_STAFF,
        )

    def _estimate(self, sheet):
        """Estimate, keep what was found, then its intervals."""
        usable, estimator, said = self._choose(sheet)
        data = usable.data if usable else sheet.data
        found, hidden, doubts = self._determined(usable, estimator(data))
        said += doubts
        self.write(
            {
                "answer_count": len(sheet.data),
                "given_count": sheet.given,
                "is_staff": sheet.is_staff,
                "left_out_count": len(sheet.data) - len(data),
                "filled_count": usable.imputed if usable else 0,
                "has_model": bool(usable),
                "message": "\n".join(said) or False,
            }
        )
        drawn = self._hide(self._draw(data, estimator), hidden)
        self._keep(sheet, usable, found, drawn)

    # --- which rule ---

    def _choose(self, sheet):
        """Return (index.CompleteCases or None, function of data → Estimate, message).

        None: no paths can be estimated, only the values of the constructs.
        """
        chosen, said = self.index_id, []
        rule = chosen.weights
        given = None
        if rule == "ahp":
            given, problem = chosen._item_weights(sheet.items)
            if problem:
                said.append(problem)
                rule, given = "equal", None
        usable, problem = self._usable(sheet)
        if usable:
            weights = self._weights_of(rule, given, usable)
            estimator = partial(
                index.estimate,
                structure=usable.structure,
                weights=weights,
                scheme=chosen.scheme,
            )
            try:
                estimator(usable.data)
                said += self._say_dropped(sheet, usable)
            except NotEstimable as error:
                usable, problem = None, self._say_why(error, sheet, usable)
        if not usable:
            said.append(problem)
            rule = "equal" if rule == "pls" else rule
            estimator = partial(
                index.values_only, blocks=sheet.structure.blocks, weights=given
            )
        self.rule = rule
        return usable, estimator, said

    def _usable(self, sheet):
        """Return (index.CompleteCases, None), or (None, why there is none)."""
        needed = self.index_id.min_answers
        if len(sheet.data) < needed:
            return None, self._say_why(
                NotEstimable("few", n=len(sheet.data), needed=needed),
                sheet,
            )
        try:
            return index.complete_cases(sheet.data, sheet.structure), None
        except NotEstimable as error:
            return None, self._say_why(error, sheet)

    @api.model
    def _weights_of(self, rule, given, usable):
        """Return what items of usable answers weigh, None: to be estimated."""
        if rule == "pls":
            return None
        return np.ones(usable.items.size) if given is None else given[usable.items]

    def _say_why(self, error, sheet, usable=None):
        """Return in words why no model could be estimated."""
        facts = dict(error.figures)
        if "item" in facts:
            at = usable.items[facts["item"]] if usable else facts["item"]
            facts["item"] = sheet.items[at][1]
        texts = {
            "few": self.env._(
                "Only %(responses)s can be used; estimating weights and paths "
                "requires %(needed)s. Items are weighted equally, without path "
                "effects.",
                responses=words.responses(self.env, facts.get("n") or 0),
                needed=facts.get("needed"),
            ),
            "constant": self.env._(
                "Everybody answered %(item)s the same way, so nothing can be "
                "estimated. Items are weighted equally.",
                item=facts.get("item"),
            ),
            "unlinked": self.env._(
                "The surveyed constructs are not linked, or their answers are "
                "uncorrelated. Items are weighted equally, without path effects."
            ),
            "order": self.env._(
                "A path of the index runs against the order of its constructs. "
                "Items are weighted equally."
            ),
            "unstable": self.env._(
                "The weights did not converge. Items are weighted equally, without "
                "path effects."
            ),
        }
        return texts[error.reason]

    def _say_dropped(self, sheet, usable):
        """Return which people and items are excluded, in words."""
        said = []
        kept = set(usable.items.tolist())
        same = [item for at, (_c, item) in enumerate(sheet.items) if at not in kept]
        if same:
            said.append(
                self.env._(
                    "Excluded because everybody answered the same way: %(items)s.",
                    items=", ".join(same),
                )
            )
        if missing := len(sheet.data) - len(usable.people):
            said.append(
                self.env._(
                    "Excluded because they skipped more than a third of the "
                    "questions: %(count)s.",
                    count=missing,
                )
            )
        return said

    # --- intervals ---

    def _draw(self, data, estimator):
        """Return the samples' (values, paths, totals), None where there are none."""
        if len(data) < 2:
            return None
        key = self._drawn_key(data, estimator)
        parts = self._recall_drawn(key)
        for start in range(BATCH * len(parts), self.times, BATCH):
            count = min(BATCH, self.times - start)
            parts.append(index.samples(data, estimator, count, self.seed, len(parts)))
            self._keep_drawn(key, parts)
            self.done_times = start + count
            self._commit()
        known = [part for part in parts if part is not None]
        if not known:
            return None
        return tuple(np.concatenate([part[at] for part in known]) for at in range(3))

    # --- keeping ---

    def _keep(self, sheet, usable, found, drawn):
        """Store the parts of the result, and close it."""
        ends = [
            bootstrap.interval(one) if drawn is not None else (None, None)
            for one in (drawn or (None,) * 3)
        ]
        constructs = sheet.constructs
        if usable:
            constructs = constructs.browse(
                [constructs.ids[at] for at in usable.constructs]
            )
        vals = self._construct_vals(constructs, found, ends)
        self.env["crm.value.index.result.construct"].create(vals)
        self.env["crm.value.index.result.item"].create(
            self._item_vals(sheet, usable, found)
        )
        if usable:
            self.env["crm.value.index.result.path"].create(
                self._path_vals(constructs, usable.structure.paths, found, ends)
            )
        target = next(
            (v for v in vals if v["construct_id"] == self.index_id.target_id.id), {}
        )
        if target.get("value") is None:
            self.write({"state": "failed", "message": self._say_no_target()})
            return
        self.write(
            {
                "state": "done",
                "drawn": False,
                "ended_at": fields.Datetime.now(),
                "value": target["value"],
                "low": target["low"] or 0.0,
                "high": target["high"] or 0.0,
                "has_interval": target["low"] is not None,
            }
        )
        # Its weights are those of the index from now on.
        sums = self.env["crm.value.response.sum"]
        sums._forget(surveys=self.index_id.survey_ids)
        sums._keep()

    def _say_no_target(self):
        return self.env._(
            "There are no usable answers about %(construct)s, the target of the index.",
            construct=self.index_id.target_id.name,
        )

    def _construct_vals(self, constructs, found, ends):
        ids = constructs.ids
        target = self.index_id.target_id.id
        effect = ids.index(target) if target in ids else None
        return [
            {
                "result_id": self.id,
                "sequence": at,
                "construct_id": construct,
                "value": _known(found.values, at),
                "low": _known(ends[0][0], at),
                "high": _known(ends[0][1], at),
                "r2": _known(found.r2, at),
                **(
                    {
                        "total": _known(found.total, (at, effect)),
                        "points": _known(found.points, (at, effect)),
                        "total_low": _known(ends[2][0], (at, effect)),
                        "total_high": _known(ends[2][1], (at, effect)),
                    }
                    if effect is not None and at < effect
                    else {}
                ),
            }
            for at, construct in enumerate(ids)
        ]

    def _item_vals(self, sheet, usable, found):
        kept = usable.items if usable else np.arange(len(sheet.items))
        place = {int(at): row for row, at in enumerate(kept)}
        counts = (~np.isnan(sheet.data)).sum(axis=0)
        return [
            {
                "result_id": self.id,
                "sequence": at,
                "construct_id": construct,
                "item": item,
                "mean": float(np.nanmean(sheet.data[:, at])),
                "share": _known(found.shares, place[at]) if at in place else None,
                "loading": _known(found.loadings, place[at]) if at in place else None,
                "answer_count": int(counts[at]),
            }
            for at, (construct, item) in enumerate(sheet.items)
        ]

    def _path_vals(self, constructs, paths, found, ends):
        return [
            {
                "result_id": self.id,
                "sequence": number,
                "cause_id": constructs.ids[cause],
                "effect_id": constructs.ids[effect],
                "coefficient": _known(found.paths, (cause, effect)),
                "low": _known(ends[1][0], (cause, effect)),
                "high": _known(ends[1][1], (cause, effect)),
            }
            for number, (cause, effect) in enumerate(np.argwhere(paths).tolist())
        ]


def _known(column, at):
    """Return one number, None where it is not known."""
    if column is None or np.isnan(column[at]):
        return None
    return float(column[at])
