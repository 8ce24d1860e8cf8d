import base64
import hashlib
import io

import numpy as np

from odoo import fields, models


class CrmValueIndexResult(models.Model):
    """Samples drawn so far: a killed estimation goes on behind the last of them."""

    _inherit = "crm.value.index.result"

    drawn = fields.Binary(
        attachment=True,
        readonly=True,
        copy=False,
        groups="crm_value.group_manager",
        help="Kept until the result is done.",
    )

    def _drawn_key(self, data, estimator):
        """Return what the samples depend on: other answers draw other samples."""
        facts = (self.seed, self.times, data.shape, estimator.keywords)
        return hashlib.sha256(repr(facts).encode() + data.tobytes()).hexdigest()

    def _recall_drawn(self, key):
        """Return the parts that were drawn under ``key``; a part can be None."""
        kept = self.with_context(bin_size=False).drawn
        if not kept:
            return []
        stored = np.load(io.BytesIO(base64.b64decode(kept)))
        if str(stored["key"]) != key:
            return []
        return [
            tuple(stored[f"{part}.{at}"] for at in range(3))
            if f"{part}.0" in stored
            else None
            for part in range(int(stored["count"]))
        ]

    def _keep_drawn(self, key, parts):
        """Store the parts drawn so far; progress starts the attempts anew."""
        columns = {
            f"{number}.{at}": column
            for number, part in enumerate(parts)
            if part is not None
            for at, column in enumerate(part)
        }
        target = io.BytesIO()
        np.savez(target, key=key, count=len(parts), **columns)
        self.write({"drawn": base64.b64encode(target.getvalue()), "attempts": 0})
