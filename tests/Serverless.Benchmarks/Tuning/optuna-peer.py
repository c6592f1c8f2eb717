"""The same objectives and budgets on Optuna, for the tuning benchmark.

usage: optuna-peer.py SAMPLERS FUNCTIONS SEEDS [PATH ...]

SAMPLERS and FUNCTIONS are lists with commas, SEEDS is FIRST:COUNT, each PATH a folder to import Optuna (and cmaes) from.
A line of JSON a run: {"sampler", "function", "seed", "curve": the best value after each trial}. The first line names the versions.
Without Optuna it ends with exit code 3 and says so.
"""
import contextlib
import importlib
import json
import math
import sys
import warnings

sys.path[:0] = sys.argv[4:]
warnings.simplefilter("ignore")
try:
    import optuna
except ImportError as missing:
    print(f"optuna cannot be imported: {missing}", file=sys.stderr)
    sys.exit(3)
optuna.logging.set_verbosity(optuna.logging.ERROR)

TRIALS = 200


def branin(x):
    a, b = x
    return ((b - 5.1 / (4 * math.pi ** 2) * a * a + 5 / math.pi * a - 6) ** 2
            + 10 * (1 - 1 / (8 * math.pi)) * math.cos(a) + 10)


ALPHA = (1.0, 1.2, 3.0, 3.2)
STEEP = ((10, 3, 17, 3.5, 1.7, 8), (0.05, 10, 17, 0.1, 8, 14), (3, 3.5, 1.7, 10, 17, 8), (17, 8, 0.05, 10, 0.1, 14))
WHERE = ((1312, 1696, 5569, 124, 8283, 5886), (2329, 4135, 8307, 3736, 1004, 9991),
         (2348, 1451, 3522, 2883, 3047, 6650), (4047, 8828, 8732, 5743, 1091, 381))


def hartmann(x):
    return -sum(a * math.exp(-sum(s * (v - w * 1e-4) ** 2 for s, v, w in zip(steep, x, where)))
                for a, steep, where in zip(ALPHA, STEEP, WHERE))


def ackley(x):
    n = len(x)
    return (20 + math.e - 20 * math.exp(-0.2 * math.sqrt(sum(v * v for v in x) / n))
            - math.exp(sum(math.cos(2 * math.pi * v) for v in x) / n))


SHIFT = (12.3, -8.7, 5.1, -14.2, 9.9, -3.3, 17.6, -11.4, 7.2, -19.5)


def shifted(x):
    return ackley([v - s for v, s in zip(x, SHIFT)])


def rosenbrock(x):
    return sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))


def levy(x):
    w = [1 + (v - 1) / 4 for v in x]
    return (math.sin(math.pi * w[0]) ** 2
            + sum((v - 1) ** 2 * (1 + 10 * math.sin(math.pi * v + 1) ** 2) for v in w[:-1])
            + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2))


BOXES = {
    "branin2": (branin, [(-5, 10), (0, 15)]),
    "hartmann6": (hartmann, [(0, 1)] * 6),
    "ackley10": (ackley, [(-32.768, 32.768)] * 10),
    "ackley10s": (shifted, [(-32.768, 32.768)] * 10),
    "rosenbrock5": (rosenbrock, [(-5, 10)] * 5),
    "levy4": (levy, [(-10, 10)] * 4),
}


def mixed(t):
    method = t.suggest_categorical("algo", ["sgd", "adam", "tree"])
    if method == "tree":
        depth = t.suggest_int("depth", 1, 12)
        leaf = t.suggest_int("min_leaf", 1, 64, log=True)
        rate = t.suggest_float("tree_lr", 1e-3, 1.0, log=True)
        part = t.suggest_float("subsample", 0.3, 1.0)
        return (0.10 + 0.002 * (depth - 7) ** 2 + 0.03 * (math.log10(rate) + 1) ** 2
                + 0.0025 * (math.log2(leaf) - 2) ** 2 + 0.1 * (part - 0.8) ** 2)
    layers = t.suggest_int("n_layers", 1, 4)
    units = [math.log2(t.suggest_int(f"units_{i}", 8, 512, log=True)) for i in range(layers)]
    if method == "sgd":
        rate = t.suggest_float("sgd_lr", 1e-5, 1.0, log=True)
        momentum = t.suggest_float("momentum", 0.0, 0.99)
        decay = t.suggest_float("weight_decay", 1e-6, 1e-1, log=True)
        return (0.06 + 0.04 * (math.log10(rate / (1 - momentum)) + 1) ** 2 + 0.03 * abs(layers - 2)
                + sum(0.01 * (u - 7) ** 2 for u in units) / layers + 0.005 * (math.log10(decay) + 4) ** 2)
    rate = t.suggest_float("adam_lr", 1e-5, 1.0, log=True)
    dropout = t.suggest_float("dropout", 0.0, 0.6)
    activation = t.suggest_categorical("activation", ["relu", "tanh", "gelu"])
    return (0.05 + 0.05 * (math.log10(rate) + 3) ** 2 + 0.03 * abs(layers - 3) + sum(0.01 * (u - 6) ** 2 for u in units) / layers
            + 0.2 * (dropout - 0.2) ** 2 + {"relu": 0.01, "tanh": 0.03, "gelu": 0.0}[activation])


def objective(name):
    if name == "mixed":
        return mixed
    function, box = BOXES[name]
    return lambda t: function([t.suggest_float(f"x{i}", low, high) for i, (low, high) in enumerate(box)])


SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "qmc": lambda seed: optuna.samplers.QMCSampler(seed=seed, scramble=True),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe_mv": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True),
    "tpe_mv_group": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed, deterministic_objective=True),
}


def let_old_torch_be():
    """torch before 2.0 has no device as a context; the samplers use it to say 'on the processor', where they are anyway."""
    with contextlib.suppress(ImportError):
        import torch
        torch.set_num_threads(1)
        if not hasattr(torch.device, "__enter__"):
            for module in [m for n, m in list(sys.modules.items()) if n.startswith(("optuna.samplers._gp", "optuna._gp"))]:
                if hasattr(module, "torch"):
                    module.torch = NoDevice(torch)


class NoDevice:
    def __init__(self, torch):
        self._torch = torch

    def __getattr__(self, name):
        return getattr(self._torch, name)

    @staticmethod
    def device(*_):
        return contextlib.nullcontext()


def run(sampler, function, seed):
    study = optuna.create_study(sampler=SAMPLERS[sampler](seed))
    study.optimize(objective(function), n_trials=TRIALS)
    curve, best = [], math.inf
    for trial in study.trials:
        best = min(best, trial.value)
        curve.append(best)
    return curve


def main():
    first, count = (int(v) for v in sys.argv[3].split(":"))
    print(json.dumps({"optuna": optuna.__version__}), flush=True)
    samplers = sys.argv[1].split(",")
    if "gp" in samplers:
        for part in ("optuna._gp.gp", "optuna._gp.acqf", "optuna._gp.optim_mixed", "optuna.samplers._gp.sampler"):
            importlib.import_module(part)
        let_old_torch_be()
    for sampler in samplers:
        for function in sys.argv[2].split(","):
            for seed in range(first, first + count):
                curve = run(sampler, function, seed)
                print(json.dumps({"sampler": sampler, "function": function, "seed": seed, "curve": curve}), flush=True)


main()
