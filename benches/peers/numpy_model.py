"""The same model in NumPy, written well in the usual way: arrays draws x regions x regions, Newton in logs with the analytic Jacobian.

Unknowns x_i = ln p-hat_i. With tau_in what the shock multiplies landed prices by,

    S_n = sum_{i!=n} mu_in (p_i tau_in)^(1-sigma_M)        D_n = alpha_n p_n^(1-sigma_D) + (1-alpha_n) S_n^((1-sigma_D)/(1-sigma_M))
    V_in = tau_in^(-sigma_M) p_i^(1-sigma_M) K_n           V_nn = p_n^(1-sigma_D) T_n
    K_n = S_n^((1-sigma_D)/(1-sigma_M)) / S_n * T_n        T_n = D_n^((sigma_D-eta)/(1-sigma_D))
    F_i = ln(sum_n w_in V_in) / (1+epsilon_i) - x_i = 0

What pays, and is done: exponentials a region and not a pair; what the steps have in common worked out once, before them; sums over
regions as matrix products; one batched np.linalg.solve a step; draws that have converged leave the batch; a batch as large as the cache
likes (compare.py tries some).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from economies import Answers, Array, Draws, Market

TOLERANCE = 1e-10
STEPS = 12
LONGEST_STEP = 1.5


@dataclass
class Batch:
    """Draws as this layout wants them, the draw as first index."""

    exporter: Array  # of each moved cell
    importer: Array
    wedge: Array  # ln tau, draw x cell
    demand: Array  # eta, draw x region
    domestic: Array  # sigma_D, likewise
    import_: Array  # sigma_M, draw x region, or draw x 1
    supply: Array  # epsilon, draw x region

    @staticmethod
    def of(draws: Draws) -> Batch:
        turned = (np.ascontiguousarray(a.T) for a in (draws.wedge, draws.demand, draws.domestic, draws.import_, draws.supply))
        return Batch(draws.exporter, draws.importer, *turned)


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
    landed: Array  # mu_in tau_in^(1-sigma_M), draw x market x exporter
    sold: Array  # w_in tau_in^(-sigma_M), draw x exporter x market; w_nn on the diagonal

    @staticmethod
    def of(market: Market, batch: Batch) -> Constants:
        count = len(batch.wedge)
        own, home, total = 1 - batch.import_, 1 - batch.domestic, batch.domestic - batch.demand
        shared = own.shape[1] == 1
        raised = np.exp((own if shared else own[:, batch.importer]) * batch.wedge)
        landed = np.tile(market.import_share, (count, 1, 1))
        landed[:, batch.importer, batch.exporter] *= raised
        sold = np.tile(market.sales_share, (count, 1, 1))
        sold[:, batch.exporter, batch.importer] *= raised * np.exp(-batch.wedge)
        return Constants(own, home, home / own, total, total / home, batch.import_ - batch.domestic, 1 / (1 + batch.supply), landed, sold)

    def keep(self, still: Array) -> None:
        for name, numbers in vars(self).items():
            setattr(self, name, numbers[still])


def solve(market: Market, batch: Batch) -> Answers:
    """All equilibria of a batch, from the base year's prices. (In the answers, as everywhere, the draw is the last index.)"""
    n, count = len(market.home_share), len(batch.wedge)
    alpha = market.home_share
    diagonal = np.arange(n)
    producer, consumer, value = np.empty((count, n)), np.empty((count, n)), np.empty((count, n, n))
    c = Constants.of(market, batch)
    shared = c.own.shape[1] == 1
    who = np.arange(count)
    x = np.zeros((count, n))
    for _ in range(STEPS + 1):
        # Demand and excess demand.
        if shared:
            own = np.exp(c.own * x)
            imports = (c.landed @ own[:, :, None])[:, :, 0]
        else:
            own = np.exp(c.own[:, :, None] * x[:, None, :])  # draw x market x exporter
            imports = np.einsum("dmi,dmi->dm", c.landed, own)
        home = np.exp(c.home * x)
        part = np.exp(c.part * np.log(imports))
        composite = alpha * home + (1 - alpha) * part
        log_composite = np.log(composite)
        total = np.exp(c.total_part * log_composite)
        per_import = 1 / imports
        pull = part * per_import * total
        sales = c.sold * (own[:, :, None] if shared else own.swapaxes(1, 2)) * pull[:, None, :]
        sales[:, diagonal, diagonal] = c.sold[:, diagonal, diagonal] * home * total
        output = sales.sum(axis=2)
        relative = np.log(output) - x / c.slope
        excess = relative * c.slope

        # Draws that have converged hand in their answers and leave.
        still = np.abs(relative).max(axis=1) > TOLERANCE
        left = np.count_nonzero(still)
        if left < 0.8 * len(who):
            done = ~still
            at = who[done]
            producer[at] = np.exp(x[done])
            consumer[at] = np.exp(log_composite[done] / c.home[done])
            value[at] = sales[done]
            if left == 0:
                value /= np.where(market.sales_share > 0, market.sales_share, 1)
                return Answers(producer.T, consumer.T, np.moveaxis(value, 0, -1))
            who, x, excess, own, home, composite, per_import, output, sales = (
                a[still] for a in (who, x, excess, own, home, composite, per_import, output, sales)
            )
            c.keep(still)

        # I - d(ln Y_i/(1+epsilon_i))/d ln p_k, and Newton's step.
        share = c.landed * (own[:, None, :] if shared else own) * per_import[:, :, None]
        home_now = alpha * home / composite
        through = c.total * (1 - home_now)
        sales *= (c.slope / output)[:, :, None]
        kept = sales[:, diagonal, diagonal]
        weight = sales * (through + c.nest)[:, None, :]
        weight[:, diagonal, diagonal] = kept * through
        matrix = -(weight @ share) - sales * (c.total * home_now)[:, None, :]
        abroad = sales.sum(axis=2) * c.own if shared else (sales @ c.own[:, :, None])[:, :, 0]
        matrix[:, diagonal, diagonal] += 1 - abroad - kept * (c.home - c.own)
        x = x + np.clip(np.linalg.solve(matrix, excess[:, :, None])[:, :, 0], -LONGEST_STEP, LONGEST_STEP)
    raise ArithmeticError(f"{left} draws have not converged after {STEPS} steps")
