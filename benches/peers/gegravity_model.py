"""gegravity's OneSectorGE on the same base-year trade and the same tariffs. Its model is another one, so that only sizes are compared.

It has one elasticity for all goods and trade costs that melt on the way instead of tariffs, and finds prices at the base year's shares of
output and spending (which it scales by those prices afterwards). With hats, w_in the share of i's sales that go to n and pi_in the share of
n's purchases that come from i, what it solves is

    P_n^(1-sigma) = sum_i pi_in tau_in^(1-sigma) p_i^(1-sigma)
    1 = p_i^(1-sigma) sum_n w_in tau_in^(1-sigma) P_n^(sigma-1)          P_reference = 1

after the multilateral resistances of the base year. `exact` solves the same two lines by Newton: that is what its answers are held to.
Trade costs are set so that the model's base year is the economy's trade: t_in^(1-sigma) = V_in V / (V_i E_n), which makes all resistances
one.
"""

from __future__ import annotations

import warnings
from importlib.metadata import version
from time import perf_counter

import numpy as np

from economies import Array

__all__ = ["Experiment", "version"]

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its dependencies, on loading
    import gegravity
    import pandas as pd


class Experiment:
    """One sector's base year, and one draw of its tariffs with one elasticity."""

    def __init__(self, value: Array, wedge: Array, sigma: float) -> None:
        n = len(value)
        self.names = [f"R{i:02}" for i in range(n)]
        self.value, self.sigma = value, sigma
        output, spending = value.sum(axis=1), value.sum(axis=0)
        self.data = pd.DataFrame(
            {
                "exporter": np.repeat(self.names, n),
                "importer": np.tile(self.names, n),
                "year": "2024",
                "trade": value.ravel(),
                "Y": np.repeat(output, n),
                "E": np.tile(spending, n),
                "cost": np.log(value * value.sum() / np.outer(output, spending)).ravel(),
            }
        )
        self.shock = (1 - sigma) * wedge
        one = pd.DataFrame({"var": ["cost"], "coeff": [1.0], "ste": [0.0]})
        self.coefficients = gegravity.CostCoeffs(estimates=one, identifier_col="var", coeff_col="coeff", stderr_col="ste")

    def build(self) -> gegravity.OneSectorGE:
        """The model with its base year solved."""
        baseline = gegravity.BaselineData(self.data.copy(), trade_var_name="trade", expend_var_name="E", output_var_name="Y")
        model = gegravity.OneSectorGE(
            baseline,
            year="2024",
            reference_importer=self.names[-1],
            expend_var_name="E",
            output_var_name="Y",
            sigma=self.sigma,
            cost_variables=["cost"],
            cost_coeff_values=self.coefficients,
            quiet=True,
        )
        model.build_baseline()
        return model

    def run(self, model: gegravity.OneSectorGE, shocked: bool = True) -> None:
        """Defines the experiment and solves it."""
        data = model.baseline_data.copy()
        if shocked:
            data["cost"] += self.shock.ravel()
        model.define_experiment(data)
        model.simulate()

    def prices(self, shocked: bool = True) -> Array:
        """p-hat as gegravity finds it."""
        model = self.build()
        self.run(model, shocked)
        return model.factory_gate_prices.loc[self.names].to_numpy(dtype=float).ravel()

    def seconds(self) -> tuple[float, float]:
        """Of an experiment on a model that stands, and with the building of the model."""
        clock = perf_counter()
        model = self.build()
        built = perf_counter()
        self.run(model)
        done = perf_counter()
        return done - built, done - clock

    def exact(self) -> Array:
        """p-hat from the two equations above, by Newton in y_i = ln p_i^(1-sigma) with the price level as last unknown's equation."""
        w = self.value / self.value.sum(axis=1, keepdims=True) * np.exp(self.shock)
        pi = self.value / self.value.sum(axis=0) * np.exp(self.shock)
        y = np.zeros(len(w))
        for _ in range(50):
            bought = pi * np.exp(y)[:, None]
            index = bought.sum(axis=0)
            sold = w * np.exp(y)[:, None] / index
            demand = sold.sum(axis=1)
            # Demand does not move when all prices do, and one equation follows from the others: the last gives way to the price level.
            excess = np.append(np.log(demand)[:-1], np.log(index[-1]))
            jacobian = np.eye(len(y)) - (sold / demand[:, None]) @ (bought / index).T
            jacobian[-1] = bought[:, -1] / index[-1]
            y -= np.linalg.solve(jacobian, excess)
            if np.abs(excess).max() < 1e-13:
                return np.exp(y / (1 - self.sigma))
        raise ArithmeticError("the equations of gegravity's model have no solution that Newton finds")
