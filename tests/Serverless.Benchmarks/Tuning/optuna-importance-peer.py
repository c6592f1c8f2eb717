"""What Optuna's evaluators say of trials that were made elsewhere.

usage: optuna-importance-peer.py SEEDS [PATH ...]

Reads lines of JSON: {"name", "parameters": [{"name", "kind": "float"|"int"|"categorical", "low", "high", "log", "step", "choices"}], "points", "values"}.
A point has a number for each parameter, of a categorical one the index of its choice; smaller values are better.
Writes a line for each: {"name", "pedAnova": {NAME: NUMBER}, "pedAnovaSeconds", "fanova": [{NAME: NUMBER}, one for each seed], "fanovaSeconds": the median of the seeds}.
The numbers are as the evaluators give them, before they are made to add up to 1. Without Optuna it ends with exit code 3 and says so.
"""
import json
import statistics
import sys
import time
import warnings

sys.path[:0] = sys.argv[2:]
warnings.simplefilter("ignore")
try:
    import optuna
    import sklearn  # noqa: F401, what fANOVA needs
except ImportError as missing:
    print(f"optuna cannot be imported: {missing}", file=sys.stderr)
    sys.exit(3)
optuna.logging.set_verbosity(optuna.logging.ERROR)


def distribution(parameter):
    if parameter["kind"] == "categorical":
        return optuna.distributions.CategoricalDistribution(list(range(parameter["choices"])))
    if parameter["kind"] == "int":
        return optuna.distributions.IntDistribution(int(parameter["low"]), int(parameter["high"]), log=parameter.get("log") or False, step=int(parameter.get("step") or 1))
    return optuna.distributions.FloatDistribution(parameter["low"], parameter["high"], log=parameter.get("log") or False, step=parameter.get("step") or None)


def study_of(case):
    space = {parameter["name"]: distribution(parameter) for parameter in case["parameters"]}
    study = optuna.create_study()
    for point, value in zip(case["points"], case["values"]):
        params = {name: int(x) if not isinstance(space[name], optuna.distributions.FloatDistribution) else x for name, x in zip(space, point)}
        study.add_trial(optuna.trial.create_trial(params=params, distributions=space, value=value))
    return study


def timed(evaluator, study):
    begin = time.perf_counter()
    found = evaluator.evaluate(study)
    return {name: float(value) for name, value in found.items()}, time.perf_counter() - begin


def main():
    for line in sys.stdin:
        case = json.loads(line)
        study = study_of(case)
        ped, ped_seconds = timed(optuna.importance.PedAnovaImportanceEvaluator(), study)
        runs = [timed(optuna.importance.FanovaImportanceEvaluator(seed=seed), study) for seed in range(int(sys.argv[1]))]
        print(json.dumps({
            "name": case["name"], "pedAnova": ped, "pedAnovaSeconds": ped_seconds,
            "fanova": [found for found, _ in runs], "fanovaSeconds": statistics.median(seconds for _, seconds in runs) if runs else 0,
        }), flush=True)


main()
