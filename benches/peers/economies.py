"""The economies, draws and answers that this engine wrote (see exchange.rs), and the base year's shares."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Market:
    """One sector in the base year. Shares add to one over origins (import_share) and over markets (sales_share).

    With V_in trade at customs value and E_in = V_in (1+g_in)(1+t_in) what the buyer pays for it:
    alpha_n = E_nn/E_n,  mu_in = E_in / sum_{i!=n} E_in,  w_in = V_in/V_i.
    """

    home_share: Array  # alpha_n
    import_share: Array  # mu_in, market x exporter, zero on the diagonal
    sales_share: Array  # w_in, exporter x market

    @staticmethod
    def calibrate(value: Array, tariff: Array, transport: Array) -> Market:
        spending = value * (1 + transport) * (1 + tariff)
        home = np.diag(spending)
        imports = spending - np.diag(home)
        return Market(
            home_share=home / spending.sum(axis=0),
            import_share=np.ascontiguousarray((imports / imports.sum(axis=0)).T),
            sales_share=value / value.sum(axis=1, keepdims=True),
        )


@dataclass(frozen=True)
class Draws:
    """What differs from draw to draw in one sector. The draw is the LAST index: NumPy's loops then run over draws."""

    exporter: Array  # of each moved cell
    importer: Array
    wedge: Array  # ln of what the shock multiplies the landed price of that cell by, cell x draw
    demand: Array  # eta, region x draw
    domestic: Array  # sigma_D, region x draw
    import_: Array  # sigma_M, region x draw, or 1 x draw where all markets share it
    supply: Array  # epsilon, region x draw

    def __len__(self) -> int:
        return self.wedge.shape[-1]

    def part(self, first: int, size: int) -> Draws:
        """Draws `first` to `first + size`, copied so that they lie side by side."""

        def cut(numbers: Array) -> Array:
            return np.ascontiguousarray(numbers[:, first : first + size])

        return Draws(self.exporter, self.importer, *map(cut, (self.wedge, self.demand, self.domestic, self.import_, self.supply)))


@dataclass(frozen=True)
class Answers:
    """What all programs must agree on. The draw is the last index."""

    producer: Array  # p-hat_i, region x draw
    consumer: Array  # P-hat_n, region x draw
    value: Array  # V-hat_in, exporter x market x draw


@dataclass(frozen=True)
class Economy:
    name: str
    regions: int
    value: Array  # V_in, sector x exporter x market
    tariff: Array  # t_in in the base year, likewise
    markets: list[Market]
    draws: list[Draws]
    answers: list[Answers]  # this engine's

    @staticmethod
    def read(folder: Path, name: str) -> Economy:
        header = json.loads((folder / f"{name}.json").read_text())
        numbers = np.fromfile(folder / f"{name}.f64", dtype="<f8")

        def array(key: str) -> Array:
            said = header["arrays"][key]
            return numbers[said["first"] :][: np.prod(said["shape"])].reshape(said["shape"])

        def by_draw(key: str) -> Array:
            """Sector first, draw last."""
            return np.ascontiguousarray(np.moveaxis(array(key), 1, -1))

        value, tariff, transport = array("value"), array("tariff"), array("transport")
        differing = [by_draw(key) for key in ("wedge", "demand", "domestic", "import", "supply")]
        answers = [by_draw(key) for key in ("producer_hat", "consumer_hat", "value_hat")]
        cells = np.array(header["cells"])
        sectors = range(header["sectors"])
        return Economy(
            name=name,
            regions=header["regions"],
            value=value,
            tariff=tariff,
            markets=[Market.calibrate(value[s], tariff[s], transport[s]) for s in sectors],
            draws=[Draws(cells[s, :, 0], cells[s, :, 1], *(numbers[s] for numbers in differing)) for s in sectors],
            answers=[Answers(*(numbers[s] for numbers in answers)) for s in sectors],
        )
