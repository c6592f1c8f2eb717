"""Trials that only start a program, on Optuna: four threads, its journal in a file (what survives a crash).

usage: optuna-overhead-peer.py TRIALS PARALLELISM [PATH ...]

A line of JSON: {"seconds"}. Without Optuna it ends with exit code 3 and says so.
"""
import json
import subprocess
import sys
import tempfile
import time
import warnings

sys.path[:0] = sys.argv[3:]
warnings.simplefilter("ignore")
try:
    import optuna
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend
except ImportError as missing:
    print(f"optuna cannot be imported: {missing}", file=sys.stderr)
    sys.exit(3)
optuna.logging.set_verbosity(optuna.logging.ERROR)


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    output = subprocess.run(["sh", "-c", 'echo "loss = $1"', "--x", str(x)], capture_output=True, text=True, check=True).stdout
    return float(output.split("=")[1])


with tempfile.TemporaryDirectory() as folder:
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0), storage=JournalStorage(JournalFileBackend(folder + "/journal")))
    begin = time.monotonic()
    study.optimize(objective, n_trials=int(sys.argv[1]), n_jobs=int(sys.argv[2]))
    print(json.dumps({"seconds": time.monotonic() - begin}))
