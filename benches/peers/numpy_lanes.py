"""The same model and method as numpy_model.py with the draw as last index, so that every NumPy loop runs over contiguous draws.

The equations are there. Elimination goes through all draws at once, without pivoting (the Jacobian's diagonal dominates). Faster where
regions are few; where they are many, BLAS and LAPACK win, and with them the usual layout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from economies import Answers, Array, Draws, Market

TOLERANCE = 1e-10
STEPS = 12
LONGEST_STEP = 1.5


@dataclass
class Constants:
    """What the steps of a solve have in common, for the draws that are still in it."""

    own: Array  # 1 - sigma_M
    home: Array  # 1 - sigma_D
    part: Array  # (1-sigma_D)/(1-sigma_M)
    total: Array  # sigma_D - eta
    total_part: Array  # (sigma_D-eta)/(1-sigma_D)
    nest: Array  # sigma_M - sigma_D
    slope: Array  # 1/(1+epsilon)
    landed: Array  # mu_in tau_in^(1-sigma_M), market x exporter x draw
    sold: Array  # w_in tau_in^(-sigma_M), exporter x market x draw; w_nn on the diagonal

    @staticmethod
    def of(market: Market, draws: Draws) -> Constants:
        n, count = len(market.home_share), len(draws)
        own, home, total = 1 - draws.import_, 1 - draws.domestic, draws.domestic - draws.demand
        shared = len(own) == 1
        raised = np.exp(own[0 if shared else draws.importer] * draws.wedge)
        landed = np.empty((n, n, count))
        landed[...] = market.import_share[:, :, None]
        landed[draws.importer, draws.exporter] *= raised
        sold = np.empty((n, n, count))
        sold[...] = market.sales_share[:, :, None]
        sold[draws.exporter, draws.importer] *= raised * np.exp(-draws.wedge)
        return Constants(own, home, home / own, total, total / home, draws.import_ - draws.domestic, 1 / (1 + draws.supply), landed, sold)

    def keep(self, still: Array) -> None:
        for name, numbers in vars(self).items():
            setattr(self, name, np.compress(still, numbers, axis=-1))


def eliminate(matrix: Array, right: Array) -> Array:
    """Solves matrix . step = right in every draw; overwrites both."""
    n = len(right)
    for k in range(n - 1):
        factor = matrix[k + 1 :, k] / matrix[k, k]
        matrix[k + 1 :, k + 1 :] -= factor[:, None] * matrix[k, k + 1 :]
        right[k + 1 :] -= factor * right[k]
    for k in reversed(range(n)):
        right[k] /= matrix[k, k]
        right[:k] -= matrix[:k, k] * right[k]
    return right


def solve(market: Market, draws: Draws) -> Answers:
    """All equilibria of a batch, from the base year's prices."""
    n, count = len(market.home_share), len(draws)
    alpha = market.home_share[:, None]
    diagonal = np.arange(n)
    answers = Answers(np.empty((n, count)), np.empty((n, count)), np.empty((n, n, count)))
    c = Constants.of(market, draws)
    who = np.arange(count)
    x = np.zeros((n, count))
    for _ in range(STEPS + 1):
        # Demand and excess demand.
        own = np.exp(c.own[:, None] * x)  # market (or 1) x exporter x draw
        bought = c.landed * own
        imports = bought.sum(axis=1)
        home = np.exp(c.home * x)
        part = np.exp(c.part * np.log(imports))
        composite = alpha * home + (1 - alpha) * part
        log_composite = np.log(composite)
        total = np.exp(c.total_part * log_composite)
        per_import = 1 / imports
        sales = c.sold * own.swapaxes(0, 1)
        sales *= part * per_import * total
        sales[diagonal, diagonal] = c.sold[diagonal, diagonal] * home * total
        output = sales.sum(axis=1)
        relative = np.log(output) - x / c.slope
        excess = relative * c.slope

        # Draws that have converged hand in their answers and leave.
        still = np.abs(relative).max(axis=0) > TOLERANCE
        left = np.count_nonzero(still)
        if left < 0.8 * len(who):
            done = ~still
            at = slice(None) if left == 0 and len(who) == count else who[done]
            answers.producer[:, at] = np.exp(x[:, done])
            answers.consumer[:, at] = np.exp(log_composite[:, done] / c.home[:, done])
            answers.value[:, :, at] = sales[:, :, done] / market.sales_share[:, :, None]
            if left == 0:
                return answers
            who, x, excess = who[still], x[:, still], excess[:, still]
            home, composite, per_import, output = home[:, still], composite[:, still], per_import[:, still], output[:, still]
            bought, sales = np.compress(still, bought, axis=-1), np.compress(still, sales, axis=-1)
            c.keep(still)

        # I - d(ln Y_i/(1+epsilon_i))/d ln p_k, and Newton's step.
        bought *= per_import[:, None]
        home_now = alpha * home / composite
        through = c.total * (1 - home_now)
        sales *= (c.slope / output)[:, None]
        kept = sales[diagonal, diagonal]
        matrix = sales * -(through + c.nest)
        matrix[diagonal, diagonal] = -kept * through
        matrix = np.einsum("imd,mkd->ikd", matrix, bought)
        matrix -= sales * (c.total * home_now)
        abroad = (sales * c.own).sum(axis=1) - kept * c.own
        matrix[diagonal, diagonal] += 1 - abroad - kept * c.home
        x = x + np.clip(eliminate(matrix, excess), -LONGEST_STEP, LONGEST_STEP)
    raise ArithmeticError(f"{left} draws have not converged after {STEPS} steps")
