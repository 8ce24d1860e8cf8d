"""Problems of a file, as sentences for the person who corrects it."""


class SheetError(Exception):
    """The file as a whole cannot be used; ``text`` says what to do about it."""

    def __init__(self, text):
        super().__init__(text)
        self.text = text


class ValueProblem(Exception):
    """One cell cannot be understood; ``text`` says why."""

    def __init__(self, text):
        super().__init__(text)
        self.text = text
