"""Finding steps by plain words, behind this one door: what is in here decides how.

`matching` and `alike` answer; `index_steps` and `forget_step` keep the index in the transaction that changes
the library.
"""

from pennydrop.library.search.alike import alike
from pennydrop.library.search.ask import matching
from pennydrop.library.search.index import forget_step, index_steps, index_steps_of_terms

__all__ = ["alike", "forget_step", "index_steps", "index_steps_of_terms", "matching"]
