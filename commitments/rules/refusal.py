"""What a rule raises: a sentence for the person, with the name of the field where there is one."""


class Refused(Exception):
    """`str(refused)` is a whole sentence in the reader's language; `field` names the input it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
