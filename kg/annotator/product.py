"""The matrix product of the parse, which is half of its time: numpy's in place of spaCy's.

spaCy brings a product of its own (blis), whose packages for common processors hold only the kernel that runs on all
of them; numpy's is three to four times as fast. The parse is the same with both, and over kernels and threads: shown by
`benchmarks/kernels.py`. `KG_PRODUCT=spacy` keeps spaCy's own; so does a numpy without a fast engine.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.numerics import Engine, engine

if TYPE_CHECKING:
    from spacy.language import Language

SWITCH = "KG_PRODUCT"
OWNERS = ("numpy", "spacy")


@dataclass(frozen=True)
class Product:
    """Who multiplies; `engine` is `None` for spaCy's own, whose rows never depend on those beside them."""

    engine: Engine | None

    @property
    def steady(self) -> bool:
        """Whether a parse cannot depend on what it is made together with."""
        return self.engine is None or self.engine.steady

    def one_thread(self) -> AbstractContextManager[Any]:
        return self.engine.one_thread() if self.engine else nullcontext()

    def __str__(self) -> str:
        return f"numpy's, {self.engine}, one thread" if self.engine else "spaCy's own"


def chosen() -> Product:
    """Who multiplies in this process. Raises InputError if the environment asks for somebody else."""
    asked = os.environ.get(SWITCH, OWNERS[0])
    if asked not in OWNERS:
        raise InputError(f"{asked!r} is not known", SWITCH, f"set {' or '.join(OWNERS)}")
    return Product(engine() if asked == "numpy" and engine().name else None)


def multiply_with(nlp: Language, product: Product) -> None:
    """Has every layer of the pipeline multiply with it; layers that run on other devices are left alone."""
    if product.engine is None:
        return
    ops = _made()
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for layer in model.walk() if hasattr(model, "walk") else ():
            if layer.ops.name == ops.name:
                layer.ops = ops


def _made() -> Any:
    """What thinc's layers call, with numpy's product."""
    from thinc.api import NumpyOps

    class Ops(NumpyOps):  # type: ignore[misc]
        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            if len(x) != 1 or trans1:
                return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            # numpy takes one row for a vector, and another way, which rounds otherwise
            made = super().gemm(self.xp.concatenate((x, x)), y, trans2=trans2)[:1]
            if out is None:
                return made
            out[...] = made
            return out

    return Ops(use_blis=False)
