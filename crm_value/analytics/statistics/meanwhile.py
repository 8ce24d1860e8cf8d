"""Arithmetic that another thread does while PostgreSQL is asked for more."""

from concurrent.futures import ThreadPoolExecutor


def meanwhile(function, *args):
    """Start a function in a thread of its own; return the Future of what it returns.

    numpy lets other threads work, as waiting for PostgreSQL does. An environment must
    not be asked there: its cursor is busy.

    >>> meanwhile(divmod, 7, 2).result()
    (3, 1)
    """
    pool = ThreadPoolExecutor(1)
    future = pool.submit(function, *args)
    pool.shutdown(wait=False)
    return future
