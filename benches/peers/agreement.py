"""Whether the programs give the same answers: without this no time is worth printing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

import numpy_lanes
import numpy_model
import scipy_model
from economies import Answers, Array, Economy

RELATIVE = 1e-8
# gegravity stops at 1e-8 in variables that it then raises to 1/(1-sigma).
RELATIVE_GEGRAVITY = 1e-6

SCIPY_DRAWS = 4


class Disagreement(Exception):
    pass


def _differences(name: str, sector: int, ours: Answers, theirs: Answers) -> float:
    """The largest relative difference, or an error that says where it is."""
    largest = 0.0
    for field in fields(Answers):
        a, b = getattr(ours, field.name), getattr(theirs, field.name)
        relative = np.abs(b / a - 1)
        # A NaN must fail as well.
        if not (relative <= RELATIVE).all():
            *region, draw = np.unravel_index(np.argmax(np.where(np.isnan(relative), np.inf, relative)), relative.shape)
            at = (*region, draw)
            raise Disagreement(
                f"{name}: {field.name} of region {' -> '.join(map(str, region))}, sector {sector}, draw {draw}: "
                f"{float(b[at])!r} against {float(a[at])!r} of this engine, further apart than {RELATIVE:.0e}"
            )
        largest = max(largest, float(relative.max()))
    return largest


def draws_of(answers: Answers, draws: slice) -> Answers:
    return Answers(*(getattr(answers, field.name)[..., draws] for field in fields(Answers)))


def scipy_answers(economy: Economy, sector: int) -> Answers:
    found = [scipy_model.solve(economy.markets[sector], economy.draws[sector], draw) for draw in range(SCIPY_DRAWS)]
    return Answers(*(np.stack([getattr(one, field.name) for one in found], axis=-1) for field in fields(Answers)))


def check(economy: Economy) -> Iterator[tuple[str, int, float]]:
    """Of each program: its name, how many equilibria were compared, and the largest relative difference from this engine."""
    sectors = range(len(economy.markets))
    count = len(sectors) * len(economy.draws[0])
    solvers = {
        "NumPy, draws first": lambda s: numpy_model.solve(economy.markets[s], numpy_model.Batch.of(economy.draws[s])),
        "NumPy, draws last": lambda s: numpy_lanes.solve(economy.markets[s], economy.draws[s]),
    }
    for name, solve in solvers.items():
        yield name, count, max(_differences(name, s, economy.answers[s], solve(s)) for s in sectors)
    few = slice(SCIPY_DRAWS)
    largest = max(_differences("scipy", s, draws_of(economy.answers[s], few), scipy_answers(economy, s)) for s in sectors)
    yield "scipy", len(sectors) * SCIPY_DRAWS, largest


def check_gegravity(found: Array, exact: Array, regions: int) -> float:
    """gegravity's prices against its own model's equations, solved exactly."""
    largest = float(np.abs(found / exact - 1).max())
    if not largest <= RELATIVE_GEGRAVITY:
        raise Disagreement(
            f"gegravity, {regions} regions: prices {found} against {exact}, which solve its equations: "
            f"further apart than {RELATIVE_GEGRAVITY:.0e}"
        )
    return largest
