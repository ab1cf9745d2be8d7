"""Writes notebooks/data/breast-cancer-scanner.csv: the nuclei as a microscope of wrong scale sees them.

    python Tests/Fixtures/make/scanner_data.py

Every length of breast-cancer.csv is 12 % short (radius, perimeter), every area is short by the
square of that; shares and angles (texture, smoothness, symmetry ...) don't know of scale and stay.
Rounded to five significant digits.
"""
import csv
import pathlib

folder = pathlib.Path(__file__).resolve().parents[3] / 'notebooks' / 'data'
SCALE = 0.88

with open(folder / 'breast-cancer.csv') as file:
    rows = list(csv.reader(file))
head, body = rows[0], rows[1:]


def seen(name, text):
    if name == 'diagnosis':
        return text
    power = 2 if 'area' in name else 1 if 'radius' in name or 'perimeter' in name else 0
    return text if power == 0 else f'{float(text) * SCALE ** power:.5g}'


with open(folder / 'breast-cancer-scanner.csv', 'w') as file:
    for row in [head] + [[seen(n, t) for n, t in zip(head, row)] for row in body]:
        file.write(','.join(row) + '\n')
print(f'{len(body)} rows')
