from dataclasses import replace

import numpy as np

from odoo import api, models

from ... import words
from ...analytics.satisfaction import discriminant


class CrmValueIndexResult(models.Model):
    """Which constructs the answers tell apart; effects that they leave open stay so."""

    _inherit = "crm.value.index.result"

    def _determined(self, usable, found):
        """Return what answers determine of an Estimate.

        :return: (Estimate without the effects left open; these: arrays of paths and of
            total effects, None without a model; what to say about it)
        """
        if not usable:
            return found, None, []
        paths, blocks = usable.structure.paths, usable.structure.blocks
        told = discriminant.distinguish(usable.data, blocks, found.shares)
        hidden = discriminant.undetermined(told, paths)
        lost = np.column_stack(
            [
                discriminant.unreachable(hidden, paths, effect)
                for effect in range(len(paths))  # a handful of constructs
            ]
        )
        open_ones = hidden, lost
        kept = replace(
            found,
            paths=np.where(hidden, np.nan, found.paths),
            total=np.where(lost, np.nan, found.total),
            points=np.where(lost, np.nan, found.points),
        )
        return kept, open_ones, self._say_alike(usable, told, hidden)

    @api.model
    def _hide(self, drawn, hidden):
        """Return samples without the effects that are left open."""
        if drawn is None or hidden is None:
            return drawn
        values, paths, totals = drawn
        path, total = hidden
        return values, np.where(path, np.nan, paths), np.where(total, np.nan, totals)

    def _say_alike(self, usable, told, hidden):
        """Return which constructs cannot, or can hardly, be told apart, in words."""
        constructs = self.index_id._structure()[0]
        names = [constructs[at].name for at in usable.constructs]

        def pairs(chosen, figures):
            return words.clauses(
                self.env,
                (
                    f"{names[a]} – {names[b]} ({abs(figures[a, b]):.2f})"
                    for a, b in np.argwhere(np.triu(chosen, 1)).tolist()
                ),
            )

        said = []
        if told.same.any():
            said.append(
                self.env._(
                    "The responses do not tell these constructs apart (correlation): "
                    "%(pairs)s.",
                    pairs=pairs(told.same, told.correlation),
                )
            )
        if hidden.any():
            effects = [
                f"{names[a]} → {names[b]}" for a, b in np.argwhere(hidden).tolist()
            ]
            said.append(
                self.env._(
                    "Not told, because the responses do not determine them: "
                    "%(effects)s.",
                    effects=words.clauses(self.env, effects),
                )
            )
        if told.hard.any():
            said.append(
                self.env._(
                    "Hard to tell apart (HTMT of 0.90 and more): %(pairs)s. Rely on "
                    "their single effects with caution.",
                    pairs=pairs(told.hard, told.htmt),
                )
            )
        return said
