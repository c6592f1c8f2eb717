"""Problems of several losses on Optuna, for the benchmark of fronts.

usage: optuna-fronts-peer.py SAMPLERS PROBLEMS SEEDS TRIALS [PATH ...]

SAMPLERS and PROBLEMS are lists with commas, SEEDS is FIRST:COUNT, each PATH a folder to import Optuna from.
A line of JSON a run: {"sampler", "problem", "seed", "losses": those of each trial}. The first line names the version.
Without Optuna it ends with exit code 3 and says so.
"""
import contextlib
import importlib
import json
import math
import sys
import warnings

sys.path[:0] = sys.argv[5:]
warnings.simplefilter("ignore")
try:
    import optuna
except ImportError as missing:
    print(f"optuna cannot be imported: {missing}", file=sys.stderr)
    sys.exit(3)
optuna.logging.set_verbosity(optuna.logging.ERROR)


def zdt(shape):
    def function(x):
        g = 1 + 9 * sum(x[1:]) / (len(x) - 1)
        return x[0], g * shape(x[0], g)
    return function


def kursawe(x):
    return (sum(-10 * math.exp(-0.2 * math.sqrt(a * a + b * b)) for a, b in zip(x, x[1:])),
            sum(abs(v) ** 0.8 + 5 * math.sin(v ** 3) for v in x))


def fonseca(x):
    shift = 1 / math.sqrt(len(x))
    return 1 - math.exp(-sum((v - shift) ** 2 for v in x)), 1 - math.exp(-sum((v + shift) ** 2 for v in x))


def dtlz2(x):
    g = sum((v - 0.5) ** 2 for v in x[2:])
    a, b = x[0] * math.pi / 2, x[1] * math.pi / 2
    return (1 + g) * math.cos(a) * math.cos(b), (1 + g) * math.cos(a) * math.sin(b), (1 + g) * math.sin(a)


BOXES = {
    "zdt1": (zdt(lambda f, g: 1 - math.sqrt(f / g)), [(0, 1)] * 6),
    "zdt2": (zdt(lambda f, g: 1 - (f / g) ** 2), [(0, 1)] * 6),
    "zdt3": (zdt(lambda f, g: 1 - math.sqrt(f / g) - f / g * math.sin(10 * math.pi * f)), [(0, 1)] * 6),
    "kursawe": (kursawe, [(-5, 5)] * 3),
    "fonseca": (fonseca, [(-2, 2)] * 4),
    "dtlz2": (dtlz2, [(0, 1)] * 6),
}


def machine(t):
    """A small model choice: error against size."""
    kind = t.suggest_categorical("kind", ["linear", "tree", "network"])
    if kind == "linear":
        decay = t.suggest_float("decay", 1e-6, 1, log=True)
        return 0.30 + 0.01 * (math.log10(decay) + 3) ** 2, 0.01
    if kind == "tree":
        depth = t.suggest_int("depth", 1, 12)
        trees = t.suggest_int("trees", 1, 256, log=True)
        return (0.12 + 0.10 * math.exp(-depth / 4) + 0.15 * math.exp(-math.log2(trees) / 3) + 0.002 * max(0, depth - 8) ** 2,
                0.02 + trees * depth / 3072)
    layers = t.suggest_int("layers", 1, 4)
    units = t.suggest_int("units", 8, 512, log=True)
    rate = t.suggest_float("rate", 1e-5, 1, log=True)
    activation = t.suggest_categorical("activation", ["relu", "tanh"])
    return (0.06 + 0.25 * math.exp(-math.log2(units) / 3) + 0.02 * abs(layers - 3) + 0.04 * (math.log10(rate) + 3) ** 2 + (0.02 if activation == "tanh" else 0),
            0.03 + layers * units / 2048)


def objective(name):
    if name == "machine":
        return machine
    function, box = BOXES[name]
    return lambda t: function([t.suggest_float(f"x{i}", low, high) for i, (low, high) in enumerate(box)])


SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "nsgaii": lambda seed: optuna.samplers.NSGAIISampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe_mv": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed, deterministic_objective=True),
}


class NoDevice:
    def __init__(self, torch):
        self._torch = torch

    def __getattr__(self, name):
        return getattr(self._torch, name)

    @staticmethod
    def device(*_):
        return contextlib.nullcontext()


def let_old_torch_be():
    """torch before 2.0 has no device as a context; the sampler uses it to say 'on the processor', where it is anyway."""
    for part in ("optuna._gp.gp", "optuna._gp.acqf", "optuna._gp.optim_mixed", "optuna.samplers._gp.sampler"):
        importlib.import_module(part)
    import torch
    torch.set_num_threads(1)
    if not hasattr(torch.device, "__enter__"):
        for module in [m for n, m in list(sys.modules.items()) if n.startswith(("optuna.samplers._gp", "optuna._gp"))]:
            if hasattr(module, "torch"):
                module.torch = NoDevice(torch)


def main():
    first, count = (int(v) for v in sys.argv[3].split(":"))
    trials = int(sys.argv[4])
    print(json.dumps({"optuna": optuna.__version__}), flush=True)
    samplers = sys.argv[1].split(",")
    if "gp" in samplers:
        let_old_torch_be()
    for sampler in samplers:
        for name in sys.argv[2].split(","):
            for seed in range(first, first + count):
                study = optuna.create_study(sampler=SAMPLERS[sampler](seed), directions=["minimize"] * (3 if name == "dtlz2" else 2))
                study.optimize(objective(name), n_trials=trials)
                print(json.dumps({"sampler": sampler, "problem": name, "seed": seed, "losses": [t.values for t in study.trials]}), flush=True)


main()
