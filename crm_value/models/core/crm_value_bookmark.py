from odoo import api, fields, models


class CrmValueBookmark(models.Model):
    """Where a round over many records goes on that a cron has no more time for.

    It is written in the transaction of the batch: after a kill the round goes on behind
    the last batch that is kept.
    """

    _name = "crm.value.bookmark"
    _description = "Place in a Round of Work"

    name = fields.Char(required=True)
    last_id = fields.Integer(help="Done up to this record; 0 between two rounds.")
    started = fields.Date(help="The day the round began.")

    _once = models.UniqueIndex("(name)")

    @api.model
    def _named(self, name):
        """Return the bookmark of a job; one between two rounds begins today."""
        bookmark = self.search([("name", "=", name)]) or self.create({"name": name})
        if not bookmark.last_id:
            bookmark.started = fields.Date.today()
        return bookmark
