"""The same model solved as most papers do it: the equations as they stand in the text, one draw at a time, handed to scipy.optimize.root.

No Jacobian is given, so that root (hybr: Powell's method from MINPACK) takes it by finite differences; the start is the base year, x = 0.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import root

from economies import Answers, Array, Draws, Market

TOLERANCE = 1e-10


def solve(market: Market, draws: Draws, draw: int) -> Answers:
    """One equilibrium."""
    n = len(market.home_share)
    wedge = np.ones((n, n))
    wedge[draws.exporter, draws.importer] = np.exp(draws.wedge[:, draw])
    eta, sigma_d, epsilon = draws.demand[:, draw], draws.domestic[:, draw], draws.supply[:, draw]
    sigma_m = np.broadcast_to(draws.import_[:, draw], n)
    alpha, mu, w = market.home_share, market.import_share.T, market.sales_share

    def demand(x: Array) -> tuple[Array, Array]:
        """Quantities q_in, exporter x market, and the price of each market's composite."""
        p = np.exp(x)
        landed = p[:, None] * wedge
        import_price = np.sum(mu * landed ** (1 - sigma_m), axis=0) ** (1 / (1 - sigma_m))
        price = (alpha * p ** (1 - sigma_d) + (1 - alpha) * import_price ** (1 - sigma_d)) ** (1 / (1 - sigma_d))
        total = price ** (-eta)
        quantity = (landed / import_price) ** (-sigma_m) * (import_price / price) ** (-sigma_d) * total
        np.fill_diagonal(quantity, (p / price) ** (-sigma_d) * total)
        return quantity, price

    def excess(x: Array) -> Array:
        quantity, _ = demand(x)
        return np.log(np.sum(w * quantity, axis=1)) - epsilon * x

    found = root(excess, np.zeros(n), tol=TOLERANCE)
    if not found.success:
        raise ArithmeticError(f"draw {draw}: {found.message}")
    quantity, price = demand(found.x)
    p = np.exp(found.x)
    return Answers(p, price, p[:, None] * quantity)
