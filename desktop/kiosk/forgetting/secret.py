"""The random key of one visit: on one locked page of memory, overwritten at its end."""

from __future__ import annotations

import ctypes
import mmap
import secrets
import sys

_BYTES = 32


class VisitKey:
    """A random key that is neither written nor, where the system allows it, swapped out.

    `locked` tells whether the system has promised to keep the page out of the swap.
    """

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, mmap.PAGESIZE)
        self.locked = _lock(self._page)
        for place in range(_BYTES):
            self._page[place] = secrets.randbelow(256)

    def number(self, first: int, count: int) -> int:
        """So many of its bytes as a number; ValueError once it is destroyed."""
        return sum(self._page[first + place] << (8 * place) for place in range(count))

    def destroy(self) -> None:
        """Overwrite it, and give the page back; a second time does nothing."""
        if not self._page.closed:
            self._page.seek(0)
            self._page.write(bytes(mmap.PAGESIZE))
            self._page.close()

    @property
    def destroyed(self) -> bool:
        """Whether it is gone."""
        return self._page.closed


def _lock(page: mmap.mmap) -> bool:
    if sys.platform == "win32":
        return False
    view = (ctypes.c_char * mmap.PAGESIZE).from_buffer(page)
    address = ctypes.c_void_p(ctypes.addressof(view))
    del view
    library = ctypes.CDLL(None, use_errno=True)
    locked = int(library.mlock(address, ctypes.c_size_t(mmap.PAGESIZE))) == 0
    if hasattr(mmap, "MADV_DONTDUMP"):
        page.madvise(mmap.MADV_DONTDUMP)
    return locked
