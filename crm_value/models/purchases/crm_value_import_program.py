from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OURS
from ...sheets.purchases import program
from ...sheets.purchases.headers import CUSTOMER
from ...sheets.purchases.programs import PROGRAMS, recognise
from ...sheets.purchases.words import plain

ODOO = {"odoo_orders": "sale.order", "odoo_invoices": "account.move"}


class CrmValueImport(models.Model):
    """Program that a file was exported from: known by its columns, or chosen."""

    _inherit = "crm.value.import"

    program = fields.Selection(
        selection="_select_program",
        string="Read as",
        help="The program whose export the columns were recognised as. Empty: the "
        "columns are matched by their names alone.",
    )

    @api.model
    def _select_program(self):
        return [(key, self.env._(known.title)) for key, known in PROGRAMS.items()]

    def write(self, vals):
        """Match the columns anew where another program is chosen."""
        is_chosen = "program" in vals and not self._is_noting()
        result = super().write(vals)
        if is_chosen:
            for record in self.with_context(crm_value_program_chosen=OURS):
                record._inspect(detect=False, keep_header=True)
        return result

    def _order_of_dates(self, seen):
        """Read dates as the program writes them, where the file does not tell."""
        known = self._known_program()
        if known and known.date_order and not {"dmy", "mdy"} & seen:
            return known.date_order
        return super()._order_of_dates(seen)

    def _guess_reading(self, header, targets, sample):
        """Match the columns as the program means them, if one is known."""
        is_chosen = self.env.context.get("crm_value_program_chosen") is OURS
        if not is_chosen:
            self._note({"program": self._program_of(header)})
        known = self._known_program()
        if not known:
            return super()._guess_reading(header, targets, sample)
        names, cells = self._program_names(header), _columns(header, sample)
        targets, carried, _once = super()._guess_reading(
            header, known.targets(names, cells), sample
        )
        return targets, carried | known.carried, known.counts_once(names, cells)

    def _check_matching(self):
        """Say it where the program's export names nobody, such as a settlement."""
        named = set(CUSTOMER.values()) & set(self.column_ids.mapped("target"))
        if self.program and not (named or self.walk_in_id):
            raise UserError(
                self.env._(
                    "This export (%(program)s) names no customer, so purchases cannot "
                    "be told apart. Choose an export that does, the column that names "
                    "the customer, or one contact for all lines under “Lines without a "
                    "Customer Belong to”.",
                    program=self.env._(self._known_program().title),
                )
            )
        return super()._check_matching()

    def _value_commands(self, sample):
        """List the statuses as the program's rows have them."""
        if adjust := self._program_adjuster():
            sample = [(number, adjust(row)) for number, row in sample]
        return super()._value_commands(sample)

    def _meanings(self, target, found):
        """Return value → what its lines are: the program's own words come first."""
        counting = self._program_counting()
        return {
            value: counting.get((target, plain(value)), meaning)
            for value, meaning in super()._meanings(target, found).items()
        }

    def _reading_options(self):
        """Return what the parser has to know, the program's own words among it."""
        options = super()._reading_options()
        counting = self._program_counting() | options["counting"]
        return options | {"counting": counting, "adjust": self._program_adjuster()}

    def _known_program(self):
        return PROGRAMS.get(self.program)

    def _program_of(self, header):
        """Return the key of the program, by names in English or in the user's words."""
        for names in (header, *self._technical(header).values()):
            if known := recognise(names):
                return known.key
        return False

    def _program_names(self, header):
        """Return the names of the columns, as the table of programs knows them."""
        return self._technical(header)[self.program] if self.program in ODOO else header

    def _program_counting(self):
        """Return what the program's statuses and kinds of line are, in all spellings.

        Odoo writes the labels of its statuses in the language of the user.
        """
        known = self._known_program()
        counting = known.counting() if known else {}
        if self.program in ODOO:
            model = self.env[ODOO[self.program]]
            described = model.fields_get(["state", "move_type"], ["selection"])
            for name, target in (("state", "status"), ("move_type", "type")):
                for value, label in described.get(name, {}).get("selection", []):
                    if meaning := counting.get((target, plain(value))):
                        counting.setdefault((target, plain(label)), meaning)
        return counting

    def _program_adjuster(self):
        """Return what mends the cells of a row of the program, None without one."""
        header = [""] * (max(self.column_ids.mapped("position"), default=-1) + 1)
        for column in self.column_ids:
            header[column.position] = column.name or ""
        names = self._program_names(header)
        return program.adjuster(self._known_program(), names, self.number_style or "")

    @api.model
    def _technical(self, header):
        """Return key of Odoo's exports → the header with names of fields for labels."""
        return {
            key: _translated(header, self.env[model], PROGRAMS[key].field_names())
            for key, model in ODOO.items()
        }


def _translated(header, model, paths):
    """Return a header with the paths of fields in place of their labels.

    :param paths: names of fields, or of a field and one of its records
    """
    described = model.fields_get(attributes=["string"])
    labels = {}
    for path in paths:
        name, _slash, part = path.partition("/")
        if name not in described:
            continue
        label, related = described[name]["string"], model._fields[name].comodel_name
        if part and (inner := related and model.env[related]._fields.get(part)):
            label = f"{label}/{inner._description_string(model.env)}"
        labels.setdefault(label, path)
    return [labels.get(name, name) for name in header]


def _columns(header, sample):
    """Return the cells of each column of some rows."""
    return [
        [row[position] if position < len(row) else None for row in sample]
        for position in range(len(header))
    ]
