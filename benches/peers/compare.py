"""Runs this engine and its peers on the same economies and draws: agreement first, then times, then one table.

Usage: compare.py ENGINE FOLDER, where ENGINE is the compiled benchmark `peers`; `bash benches/peers/run` calls this.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import scipy
from threadpoolctl import threadpool_info

import agreement
import gegravity_model
import numpy_lanes
import numpy_model
import scipy_model
from economies import Economy

ECONOMIES = ("8", "8-by-market", "4", "16", "30")
ROUNDS = 5
PASSES = 3  # of NumPy over all draws in a round; the engine's own is in main.rs
BATCHES = (32, 64, 128, 256, 512, 1024, 2048)
GEGRAVITY_SIZES = ("8", "4", "16", "30")


def say(text: str) -> None:
    print(text, flush=True)


def seconds(work: Callable[[], object]) -> float:
    clock = perf_counter()
    work()
    return perf_counter() - clock


class NumPy:
    """One of the two layouts in NumPy, in batches of the size that a trial on all draws finds best."""

    LAYOUTS = {
        "in the usual way": (numpy_model.solve, numpy_model.Batch.of),
        "draws last, elimination by hand": (numpy_lanes.solve, lambda draws: draws),
    }

    def __init__(self, economy: Economy, layout: str) -> None:
        self.markets = economy.markets
        self.layout = layout
        self.equilibria = len(economy.markets) * len(economy.draws[0])
        trials = {}
        for size in {min(size, len(economy.draws[0])) for size in BATCHES}:
            parts = self.split(economy, layout, size)
            trials[size] = min(seconds(lambda p=parts: self.solve(p)) for _ in range(3))
        self.batch = min(trials, key=trials.__getitem__)
        self.parts = self.split(economy, layout, self.batch)

    def split(self, economy: Economy, layout: str, size: int) -> tuple[Callable, list]:
        """Draws in batches, laid out as the solver takes them: outside the clock, as for the engine."""
        solve, prepare = self.LAYOUTS[layout]
        batches = []
        for market, draws in zip(economy.markets, economy.draws, strict=True):
            batches += [(market, prepare(draws.part(first, size))) for first in range(0, len(draws), size)]
        return solve, batches

    def solve(self, parts: tuple[Callable, list]) -> None:
        solve, batches = parts
        for market, batch in batches:
            solve(market, batch)

    def time(self) -> float:
        return min(seconds(lambda: self.solve(self.parts)) for _ in range(PASSES)) / self.equilibria

    @property
    def name(self) -> str:
        return f"NumPy {self.layout}, {self.batch} draws at once"


class Scipy:
    name = "scipy.optimize.root, draw by draw"

    def __init__(self, economy: Economy) -> None:
        self.economy = economy
        self.equilibria = len(economy.markets) * agreement.SCIPY_DRAWS

    def solve(self) -> None:
        for market, draws in zip(self.economy.markets, self.economy.draws, strict=True):
            for draw in range(agreement.SCIPY_DRAWS):
                scipy_model.solve(market, draws, draw)

    def time(self) -> float:
        return seconds(self.solve) / self.equilibria


class Gegravity:
    name = "gegravity OneSectorGE, another model: one experiment"
    with_base = "  the same with the building of its base year"

    def __init__(self, economy: Economy) -> None:
        draws = economy.draws[0]
        wedge = np.zeros((economy.regions, economy.regions))
        wedge[draws.exporter, draws.importer] = draws.wedge[:, 0]
        self.experiment = gegravity_model.Experiment(economy.value[0], wedge, float(draws.import_[0, 0]))

    def check(self, regions: int) -> float:
        return agreement.check_gegravity(self.experiment.prices(), self.experiment.exact(), regions)


def engine_times(engine: str, name: str) -> dict[str, float]:
    return json.loads(subprocess.run([engine, "time", name], check=True, stdout=subprocess.PIPE, text=True).stdout)


def machine() -> list[str]:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0] if models else cpu
    rustc = subprocess.run(["rustc", "--version"], check=False, stdout=subprocess.PIPE, text=True).stdout.strip() or "rustc unknown"
    pools = {
        f"{p['internal_api']} {p['version']} for {p.get('architecture', 'any')}, threads: {p['num_threads']}" for p in threadpool_info()
    }
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"
    packages = f"gegravity {gegravity_model.version('gegravity')}, pandas {gegravity_model.version('pandas')}"
    where = f"{cpu}, {platform.system()} {platform.machine()}; one thread each"
    return [where, f"{rustc}; {versions}, {packages}", "; ".join(sorted(pools))]


class Times:
    """The best of all rounds, by economy and program: whatever else a machine does can only add to a time."""

    def __init__(self) -> None:
        self.best: dict[tuple[str, str], float] = {}

    def add(self, economy: str, program: str, found: float) -> None:
        key = economy, program
        self.best[key] = min(found, self.best.get(key, found))


def agree(economies: dict[str, Economy], gegravities: dict[str, Gegravity]) -> list[str]:
    lines = []
    for name, economy in economies.items():
        for program, count, largest in agreement.check(economy):
            lines.append(f"{name:<12} {program:<20} {count:>6} equilibria, largest relative difference {largest:.1e}")
            say(lines[-1])
    for name, program in gegravities.items():
        largest = program.check(economies[name].regions)
        lines.append(f"{name:<12} {'gegravity':<20} against its own equations, solved exactly: {largest:.1e}")
        say(lines[-1])
    return lines


def figure(number: float) -> str:
    """Three digits, which is all that a time is good for."""
    if number >= 999.5:
        digits = len(f"{number:.0f}")
        return f"{round(number, 3 - digits):,.0f}"
    return f"{number:#.3g}".rstrip(".")


def table(economies: dict[str, Economy], times: Times, equilibria: dict[tuple[str, str], int]) -> list[str]:
    sets = [program for (name, program) in times.best if name == ECONOMIES[0] and program.startswith("Tradewind")]
    fast = [program for program in sets if "portable" not in program] or sets
    head = ["what", "regions", "equilibria", "µs per equilibrium", *(f"ratio to {program}" for program in fast)]
    rows = []
    for (name, program), best in times.best.items():
        regions = f"{economies[name].regions}" + (", σ_M by market" if "by-market" in name else "")
        ratios = [figure(best / times.best[name, ours]) for ours in fast]
        rows.append([program, regions, f"{equilibria[name, program]:,}", figure(1e6 * best), *ratios])
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(c.ljust(w) if k < 2 else c.rjust(w) for k, (c, w) in enumerate(zip(cells, widths, strict=True))) + " |"

    rule = "|" + "|".join("-" * (w + 2) if k < 2 else "-" * (w + 1) + ":" for k, w in enumerate(widths)) + "|"
    return [line(head), rule, *map(line, rows)]


def main(engine: str, folder: Path) -> None:
    if any(pool["num_threads"] != 1 for pool in threadpool_info()):
        sys.exit("NumPy's BLAS would use several threads where this engine uses one: start this by `bash benches/peers/run`.")
    say("== The economies, their draws and this engine's answers")
    subprocess.run([engine, "make", str(folder)], check=True)
    economies = {name: Economy.read(folder, name) for name in ECONOMIES}
    gegravities = {name: Gegravity(economies[name]) for name in GEGRAVITY_SIZES}

    say("\n== Agreement: producer prices, consumer prices and trade values")
    lines = agree(economies, gegravities)

    say("\n== Times")
    numpies = {name: [NumPy(economy, layout) for layout in NumPy.LAYOUTS] for name, economy in economies.items()}
    scipies = {name: Scipy(economy) for name, economy in economies.items()}
    times, equilibria = Times(), {}
    load = os.getloadavg()[0]
    if load > 1.5:
        say(f"Others are using this machine (load {load:.1f}). That costs the slower programs more: take no ratio from this run.")

    def add(name: str, program: str, count: int, found: float) -> None:
        times.add(name, program, found)
        equilibria[name, program] = count

    for count in range(ROUNDS):
        for name in ECONOMIES:
            for isa, found in engine_times(engine, name).items():
                add(name, f"Tradewind, {isa}", numpies[name][0].equilibria, found)
            for peer in (*numpies[name], scipies[name]):
                add(name, peer.name, peer.equilibria, peer.time())
            if name in gegravities:
                alone, whole = gegravities[name].experiment.seconds()
                add(name, Gegravity.name, 1, alone)
                add(name, Gegravity.with_base, 1, whole)
        say(f"round {count + 1} of {ROUNDS}")

    result = table(economies, times, equilibria)
    about = machine()
    note = "gegravity solves another model (one sector in general equilibrium, iceberg costs): comparable in size alone."
    say("\n" + "\n".join([*result, "", note, *about]))
    text = "\n\n".join(["\n".join(result), note, "  \n".join(about), "```text\n" + "\n".join(lines) + "\n```"])
    (folder / "table.md").write_text(text + "\n", encoding="utf-8")
    say(f"\nThe table is in {folder / 'table.md'}")


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except agreement.Disagreement as problem:
        sys.exit(f"The programs do not agree, so that their times say nothing.\n{problem}")
