"""The learning curves of the pruning benchmark on Optuna.

usage: optuna-pruning-peer.py COMBINATIONS WORKERS BUDGETS SEEDS [PATH ...]

COMBINATIONS is a list of SAMPLER/PRUNER with commas, BUDGETS a list of epochs, SEEDS is FIRST:COUNT, each PATH a folder to import Optuna from.
Workers train an epoch each by turns. A line of JSON a run: {"combination", "workers", "seed", "best", "started", "whole"}.
Without Optuna it ends with exit code 3 and says so.
"""
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

EPOCHS = 81
WORD = (1 << 64) - 1
PRUNERS = {
    "none": optuna.pruners.NopPruner,
    "median": lambda: optuna.pruners.MedianPruner(n_startup_trials=5, n_warmup_steps=1),
    "asha": lambda: optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3),
    "hyperband": lambda: optuna.pruners.HyperbandPruner(min_resource=1, max_resource=EPOCHS, reduction_factor=3),
}
SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe_mv": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True),
    "tpe_mv_liar": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True),
}


def mix(z):
    z = (z + 0x9E3779B97F4A7C15) & WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def normal(seed, trial, epoch):
    h, total = mix((seed * 1000003 + trial * 8191 + epoch) & WORD), -6.0
    for _ in range(12):
        h = mix(h)
        total += (h >> 11) / float(1 << 53)
    return total


class Curve:
    def __init__(self, t):
        rate = t.suggest_float("lr", 1e-5, 1.0, log=True)
        batch = t.suggest_int("batch", 16, 512, log=True)
        capacity = t.suggest_int("layers", 1, 6) * math.log2(t.suggest_int("units", 16, 1024, log=True))
        dropout = t.suggest_float("dropout", 0.0, 0.8)
        decay = t.suggest_float("wd", 1e-6, 1e-1, log=True)
        adam = t.suggest_categorical("opt", ["sgd", "adam"]) == "adam"
        best, log = (-3.0 if adam else -1.3), math.log10(rate)
        self.end = min(0.9, 0.05 + 0.03 * (math.log10(rate * (32 / batch) ** 0.5) - best) ** 2 + 0.0004 * (capacity - 28) ** 2
                       + 0.12 * (dropout - 0.2) ** 2 + 0.006 * (math.log10(decay) + 4) ** 2 + (0.0 if adam else 0.008))
        self.slowness = 3.0 * 1.6 ** max(0.0, best - log) * (1 + 0.03 * capacity / 4) * (1 + 1.5 * dropout) * (1.0 if adam else 1.6)
        limit = -1.0 if adam else -0.2
        self.divergence = None if log <= limit else max(1, int(6 * (1 - (log - limit))))

    def true(self, epoch):
        return self.end + (0.9 - self.end) * math.exp(-(epoch / self.slowness) ** 0.8)

    def observed(self, epoch, seed, trial):
        if self.divergence is not None and epoch >= self.divergence:
            return math.nan
        return self.true(epoch) + 0.006 * normal(seed, trial, epoch)


def run(sampler, pruner, workers, budgets, seed):
    study = optuna.create_study(sampler=SAMPLERS[sampler](seed), pruner=PRUNERS[pruner]())
    slots, marks, best, spent, started, whole, turn = [None] * workers, [1.0] * len(budgets), 1.0, 0, 0, 0, 0
    while spent < budgets[-1]:
        slot, turn = turn % workers, turn + 1
        if slots[slot] is None:
            trial = study.ask()
            slots[slot], started = (trial, Curve(trial), 0), started + 1
        trial, curve, epoch = slots[slot]
        epoch, spent = epoch + 1, spent + 1
        slots[slot] = (trial, curve, epoch)
        value = curve.observed(epoch, seed, trial.number)
        if math.isnan(value):
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
            slots[slot] = None
        else:
            trial.report(value, epoch)
            if epoch == EPOCHS:
                best, whole = min(best, curve.true(epoch)), whole + 1
                study.tell(trial, value)
                slots[slot] = None
            elif trial.should_prune():
                study.tell(trial, state=optuna.trial.TrialState.PRUNED)
                slots[slot] = None
        marks = [best if spent <= budget else mark for budget, mark in zip(budgets, marks)]
    return {"best": marks, "started": started, "whole": whole}


def main():
    first, count = (int(v) for v in sys.argv[4].split(":"))
    workers, budgets = int(sys.argv[2]), [int(v) for v in sys.argv[3].split(",")]
    for combination in sys.argv[1].split(","):
        sampler, pruner = combination.split("/")
        for seed in range(first, first + count):
            result = run(sampler, pruner, workers, budgets, seed)
            print(json.dumps({"combination": combination, "workers": workers, "seed": seed, **result}), flush=True)


main()
