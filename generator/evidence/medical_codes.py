"""Codes of medical systems under which readers and patient records may file the condition; none is exact."""

import re
from dataclasses import dataclass

from generator.problems.problem import Problem, Span
from generator.sources.records import Record

_OID = re.compile(r"[0-2](?:\.(?:0|[1-9][0-9]*))+")
_PART_OF_ADDRESS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True)
class MedicalCode:
    """One code. `oid` is its system's number in HL7, or empty; `relation` is one of `RELATIONS`."""

    system: str
    oid: str
    code: str
    further: str
    label: str
    relation: str
    remark: str
    page: str
    seen: str
    span: Span

    @property
    def system_id(self) -> str:
        """The system as one word, by which a text names it."""
        return self.system.casefold().replace(" ", "-")

    @property
    def shown(self) -> str:
        """The code as it is shown, with what belongs behind it."""
        return f"{self.code} {self.further}".strip()

    @property
    def folder(self) -> str:
        """The address of its answer for patient records; empty where its system has no number, or where none of the two
        can stand in an address."""
        fits = _OID.fullmatch(self.oid) and _PART_OF_ADDRESS.fullmatch(self.code)
        return f"/infobutton/{self.oid}/{self.code}/" if fits else ""


def read_code(record: Record) -> MedicalCode:
    """Make a code from its record."""
    return MedicalCode(
        system=record.text("system"),
        oid=record.text("oid"),
        code=record.text("code"),
        further=record.text("further"),
        label=record.text("label"),
        relation=record.text("relation"),
        remark=record.text("remark"),
        page=record.text("page"),
        seen=record.text("seen"),
        span=record.at("page"),
    )


def check_codes(records: list[Record]) -> list[Problem]:
    """Find codes that are given twice, and those of which no address can be made."""
    problems = []
    first: dict[tuple[str, str], Span] = {}
    for record in records:
        oid, code = record.text("oid"), record.text("code")
        name = (record.text("system"), code)
        if name in first:
            related = (("given first here", first[name]),)
            message = f"{name[0]} {code} is given twice"
            problems.append(Problem("duplicate-id", message, record.at("code"), related=related))
        first.setdefault(name, record.at("code"))
        if oid and not _OID.fullmatch(oid):
            hint = "write digits with full stops between them, such as 2.16.840"
            problems.append(Problem("bad-id", f'"{oid}" is no number of HL7', record.at("oid"), hint))
        elif oid and code and not _PART_OF_ADDRESS.fullmatch(code):
            hint = "take the oid out: an answer for patient records has the code in its address"
            problems.append(Problem("bad-id", f'"{code}" cannot stand in an address', record.at("code"), hint))
    return problems
