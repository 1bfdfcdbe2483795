"""What ends a run though neither a file nor the program is wrong: raised anywhere, told in one line by the command."""

from generator.problems.exits import BAD_USE, FAULT


class Refused(Exception):
    """What was asked for cannot be done; the text says why, and what to do."""

    exit_code = BAD_USE


class Lost(Refused):
    """A worker ended, as a process does that runs out of memory, while it made something that is named."""

    exit_code = FAULT

    def __str__(self) -> str:
        """The text, and what may have been the reason."""
        return f"{super().__str__()}; it may be too large, or the machine was out of memory"


class Unusable(Refused):
    """Those who were to share the work cannot: nobody reaches them, or they would make other bytes."""


_OF_MEMORY = ("map segment", "allocate memory", "start new thread")


def is_of_memory(fault: BaseException) -> bool:
    """Whether a fault is that there is no memory left; of a library that is loaded, or of a thread, only words tell."""
    return isinstance(fault, MemoryError) or any(one in str(fault) for one in _OF_MEMORY)
