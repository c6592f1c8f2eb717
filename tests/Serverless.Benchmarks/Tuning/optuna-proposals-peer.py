"""How long Optuna takes for a proposal.

usage: optuna-proposals-peer.py SAMPLER DIMENSIONS TRIALS [PATH ...]

Prints the median milliseconds of twenty proposals after so many trials. Without Optuna it ends with exit code 3 and says so.
"""
import random
import statistics
import sys
import time
import warnings

sys.path[:0] = sys.argv[4:]
warnings.simplefilter("ignore")
try:
    import optuna
except ImportError as missing:
    print(f"optuna cannot be imported: {missing}", file=sys.stderr)
    sys.exit(3)
optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "random": lambda: optuna.samplers.RandomSampler(seed=1),
    "qmc": lambda: optuna.samplers.QMCSampler(seed=1, scramble=True),
    "tpe": lambda: optuna.samplers.TPESampler(seed=1),
    "tpe_mv": lambda: optuna.samplers.TPESampler(seed=1, multivariate=True),
    "tpe_mv_group": lambda: optuna.samplers.TPESampler(seed=1, multivariate=True, group=True),
    "cmaes": lambda: optuna.samplers.CmaEsSampler(seed=1),
    "gp": lambda: optuna.samplers.GPSampler(seed=1),
}


def main():
    dimensions, trials = int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(1)
    study = optuna.create_study(sampler=SAMPLERS[sys.argv[1]]())
    space = {f"x{i}": optuna.distributions.FloatDistribution(0, 1) for i in range(dimensions)}
    for _ in range(trials):
        point = {name: chance.random() for name in space}
        value = sum((x - 0.3) ** 2 for x in point.values())
        study.add_trial(optuna.trial.create_trial(params=point, distributions=space, value=value))
    times = []
    for _ in range(20):
        begin = time.perf_counter()
        trial = study.ask()
        value = sum((trial.suggest_float(name, 0, 1) - 0.3) ** 2 for name in space)
        times.append((time.perf_counter() - begin) * 1000)
        study.tell(trial, value)
    print(statistics.median(times))


main()
