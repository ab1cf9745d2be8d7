"""Writes the handbook's data sets from the copies that scikit-learn carries (made with 1.9.1).

    python -P Tests/Fixtures/make/handbook_data.py

The numbers are printed in the shortest form that reads back as the same double, so the files hold
exactly what scikit-learn returns and don't depend on its version.
"""
import pathlib

import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits

folder = pathlib.Path(__file__).resolve().parents[3] / 'notebooks' / 'data'


def text(number):
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def write(name, columns, rows):
    lines = [','.join(columns)] + [','.join(row) for row in rows]
    (folder / name).write_text('\n'.join(lines) + '\n')
    print(f'{name}: {len(rows)} rows of {len(columns)} columns, scikit-learn {sklearn.__version__}')


def snake(name):
    """`worst concave points` becomes `worst_concave_points`, `radius error` `radius_error`."""
    return name.replace(' ', '_')


cancer = load_breast_cancer()
write('breast-cancer.csv', ['diagnosis'] + [snake(n) for n in cancer.feature_names],
      [[cancer.target_names[label]] + [text(v) for v in row]
       for row, label in zip(cancer.data, cancer.target)])

diabetes = load_diabetes(scaled=False)
write('diabetes.csv', list(diabetes.feature_names) + ['progression'],
      [[text(v) for v in row] + [text(label)]
       for row, label in zip(diabetes.data, diabetes.target)])

digits = load_digits()
write('digits.csv', [f'p{y}{x}' for y in range(8) for x in range(8)] + ['digit'],
      [[text(v) for v in row] + [str(label)] for row, label in zip(digits.data, digits.target)])
# The same images in two tables without a common row, for what is learned of one to be taken over to
# the other: the first by their digit, the rest by whether that is even.
pixels, named = [f'p{y}{x}' for y in range(8) for x in range(8)], 1200
write('digits-named.csv', pixels + ['digit'],
      [[text(v) for v in row] + [str(label)]
       for row, label in zip(digits.data[:named], digits.target[:named])])
write('digits-parity.csv', pixels + ['parity'],
      [[text(v) for v in row] + ['odd' if label % 2 else 'even']
       for row, label in zip(digits.data[named:], digits.target[named:])])
