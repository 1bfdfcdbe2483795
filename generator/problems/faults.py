"""Faults that are neither of the files nor of the program, and that a command tells in one line."""


class Lost(Exception):
    """A worker ended, as a process does that runs out of memory, while it made something that is named."""


class Unusable(Exception):
    """Those who were to share the work cannot: nobody reaches them, or they would make other bytes."""


_OF_MEMORY = ("map segment", "allocate memory", "start new thread")


def is_of_memory(fault: BaseException) -> bool:
    """Whether a fault is that there is no memory left; of a library that is loaded, or of a thread, only words tell."""
    return isinstance(fault, MemoryError) or any(one in str(fault) for one in _OF_MEMORY)
