"""Softmax regression on a CSV of numbers by stochastic gradient descent, in plain Python: a program that says its loss after each epoch, so that a study can give it up early."""
import argparse
import csv
import math
import os
import random
import signal
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default=0.05)
parser.add_argument("--decay", type=float, default=1e-4)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--epochs", type=int, default=27)
options = parser.parse_args()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

folder = os.environ["SERVERLESS_INPUT_TRAIN"]
with open(os.path.join(folder, sorted(os.listdir(folder))[0]), newline="") as file:
    rows = list(csv.DictReader(file))
columns = [name for name in rows[0] if name != "label"]
examples = [([float(row[name]) / 16 for name in columns] + [1.0], int(row["label"])) for row in rows]
chance = random.Random(7)
chance.shuffle(examples)
held, examples = examples[:300], examples[300:]
classes = 1 + max(label for _, label in examples + held)
weights = [[0.0] * (len(columns) + 1) for _ in range(classes)]


def probabilities(features):
    scores = [sum(w * x for w, x in zip(row, features)) for row in weights]
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


for epoch in range(options.epochs):
    chance.shuffle(examples)
    for start in range(0, len(examples), options.batch):
        batch = examples[start:start + options.batch]
        for features, label in batch:
            for of, share in enumerate(probabilities(features)):
                step = options.rate / len(batch) * (share - (of == label))
                row = weights[of]
                for i, x in enumerate(features):
                    if x:
                        row[i] -= step * x
        shrink = 1 - options.rate * options.decay
        for row in weights:
            for i in range(len(row)):
                row[i] *= shrink
    loss = -sum(math.log(max(1e-12, probabilities(features)[label])) for features, label in held) / len(held)
    print(f"loss = {loss:.6f}", flush=True)
