"""The peer: scikit-learn with the same preprocessing, on the same files. Prints accuracy, log loss, seconds from the files to the fitted model, seconds of preprocessing and fit."""
import csv
import sys
import time

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

train_path, test_path, target, ignore = sys.argv[1:5]
MISSING = {"", "?", "NA", "NaN"}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, skipinitialspace=True))
    return {name: column for name, column in zip(rows[0], map(list, zip(*rows[1:]))) if name not in ignore.split(",")}


def is_number(column):
    try:
        for value in column:
            if value not in MISSING:
                float(value)
        return True
    except ValueError:
        return False


def matrix(table, names, numbers):
    columns = []
    for name in names:
        if name in numbers:
            columns.append(np.array([np.nan if value in MISSING else float(value) for value in table[name]], dtype=object))
        else:
            columns.append(np.array(["missing" if value in MISSING else value for value in table[name]], dtype=object))
    return np.column_stack(columns)


def run():
    start = time.perf_counter()
    train, test = read(train_path), read(test_path)
    y, yt = train.pop(target), test.pop(target)
    names = list(train)
    numbers = {name for name in names if is_number(train[name])}
    x, xt = matrix(train, names, numbers), matrix(test, names, numbers)
    before = time.perf_counter()
    at = [i for i, name in enumerate(names) if name in numbers]
    prepare = ColumnTransformer([
        ("numbers", Pipeline([("fill", SimpleImputer(add_indicator=True)), ("scale", StandardScaler())]), at),
        ("texts", OneHotEncoder(handle_unknown="ignore"), [i for i in range(len(names)) if i not in at]),
    ])
    model = LogisticRegression(max_iter=200).fit(prepare.fit_transform(x), y)
    end = time.perf_counter()
    probabilities = model.predict_proba(prepare.transform(xt))
    return accuracy_score(yt, model.classes_[np.argmax(probabilities, 1)]), log_loss(yt, probabilities, labels=model.classes_), end - start, end - before


if len(sys.argv) > 5:
    run()
print("%.6f %.6f %.4f %.4f" % run())
