"""Writes nasty.csv and what pandas reads in it (nasty.json). pandas 3 / numpy 2 or later.

Every field is read as text first (quotes, line ends and delimiters are what is compared), then the
numeric columns with round-trip precision, and described.
"""
import json
import pathlib
import random

import pandas

folder = pathlib.Path(__file__).resolve().parent.parent
random.seed(5)
texts = ['plain', 'a,b', 'say "hi"', 'two\nlines', 'crlf\r\ninside', ' padded ', 'é∑𝕏', "tab\there",
         '""', ',', 'x"y', '', 'NA', '?', '-', "O'Hara"]
numbers = ['0', '-0.0', '1e-3', '1E5', '.5', '5.', '+7', '0.1', '123456789.123456789', '2.5e-310',
           '9007199254740993', '', 'NA', '?', '-12.50', '1e22', '1e23', '3.08984926168550152811e-32']
flags = ['yes', 'no', 'maybe']


def quoted(text):
    if any(c in text for c in ',"\r\n') or random.random() < 0.2:
        return '"' + text.replace('"', '""') + '"'
    return text


lines = ['id,text,"the number",flag,"odd ""name"""']
for row in range(400):
    number = random.choice(numbers)
    fields = [str(row), quoted(random.choice(texts) + (str(row) if row % 7 == 0 else '')),
              number if random.random() < 0.8 or number == '' else f'"{number}"',
              random.choice(flags), str(random.gauss(0, 1e3))]
    lines.append(','.join(fields))
body = '\ufeff' + '\r\n'.join(lines[:200]) + '\r\n' + '\n'.join(lines[200:])
(folder / 'nasty.csv').write_bytes(body.encode())

raw = pandas.read_csv(folder / 'nasty.csv', dtype=str, keep_default_na=False, encoding='utf-8-sig')
typed = pandas.read_csv(folder / 'nasty.csv', na_values=['?'],
                        encoding='utf-8-sig')
columns = list(raw.columns)
described = {}
for name in ('id', 'the number', 'odd "name"'):
    values = typed[name].astype(float)
    described[name] = {
        'values': [None if pandas.isna(v) else float(v).hex() for v in values],
        'missing': int(values.isna().sum()), 'distinct': int(values.nunique()),
        'mean': values.mean(), 'std': values.std(), 'min': values.min(), 'max': values.max(),
        'lower': values.quantile(0.25), 'median': values.median(), 'upper': values.quantile(0.75)}
(folder / 'nasty.json').write_text(json.dumps(
    {'made_with': f'pandas {pandas.__version__}', 'columns': columns,
     'texts': raw.values.tolist(), 'numbers': described,
     'flags': raw['flag'].value_counts().to_dict()}, ensure_ascii=False) + '\n')
