import numpy as np

from odoo import models

from ...analytics.satisfaction.benchmark import past, priority


class CrmValueIndexResult(models.Model):
    """A result as plain data for the index dashboard."""

    _inherit = "crm.value.index.result"

    def _describe_short(self):
        """Return one point of the line over time."""
        self.ensure_one()
        return {
            "id": self.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "state": self.state,
            "progress": self.progress,
            "message": self.message or "",
            "answer_count": self.answer_count,
            "value": self.value,
            "low": self.low if self.has_interval else None,
            "high": self.high if self.has_interval else None,
            "automatic": self.automatic,
        }

    def _describe(self):
        """Return everything a reader may ask for of one result."""
        rules = dict(self._fields["rule"]._description_selection(self.env))
        titles = self._item_titles()
        return {
            **self._describe_short(),
            **self._describe_constructs(),
            "rule": rules[self.rule],
            "has_model": self.has_model,
            "times": self.times,
            "left_out_count": self.left_out_count,
            "filled_count": self.filled_count,
            "domain": self._readable_domain(),
            "target_id": self.index_id.target_id.id,
            "items": [
                {
                    "construct_id": item.construct_id.id,
                    "item": item.item,
                    "title": titles.get(item.item, ""),
                    "mean": _plain(item.mean),
                    "share": _plain(item.share),
                    "loading": _plain(item.loading),
                    "n": item.answer_count,
                }
                for item in self.item_ids
            ],
            "paths": [
                {
                    "cause_id": path.cause_id.id,
                    "effect_id": path.effect_id.id,
                    "coefficient": _plain(path.coefficient),
                    "low": _plain(path.low),
                    "high": _plain(path.high),
                    "significant": path.significant,
                }
                for path in self.path_ids
            ],
        }

    def _describe_constructs(self):
        """Return the constructs, and which of them to improve first."""
        constructs = [self._describe_construct(one) for one in self.construct_ids]
        found = priority(
            *([one[name] for one in constructs] for name in ("total", "value"))
        )
        for one, urgent in zip(constructs, found.urgent.tolist(), strict=True):
            one["urgent"] = urgent
        return {
            "constructs": constructs,
            "means": not np.isnan(found.mean_total)
            and {"total": found.mean_total, "value": found.mean_value},
            "first": constructs[found.first] if found.first is not None else False,
        }

    def _compared(self, others):
        """Return what the company's own history tells beside this result.

        Only periods of one length compare; what was asked for in between does not.

        :param others: done results of the index, oldest first
        :return: dict of mean and best, False without other results
        """
        others = others.filtered("automatic") - self
        found = past(others.mapped("value"))
        return found is not None and {
            "mean": found.mean,
            "best": others[found.best]._describe_short(),
        }

    def _item_titles(self):
        """Return {item code: its question, in the words of the first survey}."""
        surveys = self.index_id.sudo().survey_ids  # what is asked is no secret
        questions = surveys.question_ids.filtered("value_item").sorted(
            "id", reverse=True
        )
        return {question.value_item: question.title for question in questions}

    def _readable_domain(self, *constructs):
        """Return the domain of the answers, False if nobody may see single ones."""
        return not self.is_staff and list(self._answer_domain(*constructs))

    def _describe_construct(self, one):
        return {
            "id": one.construct_id.id,
            "name": one.construct_id.name,
            "less_is_better": one.construct_id.less_is_better,
            "value": _plain(one.value),
            "low": _plain(one.low),
            "high": _plain(one.high),
            "r2": _plain(one.r2),
            "total": _plain(one.total),
            "total_low": _plain(one.total_low),
            "total_high": _plain(one.total_high),
            "domain": self._readable_domain(one.construct_id),
        }


def _plain(number):
    return None if number is False else number
