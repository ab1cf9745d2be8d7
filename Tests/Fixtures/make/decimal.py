"""Writes Tests/Fixtures/decimal.tsv: numbers as Python prints them, which rounds exact values half to even.

Python 3. Columns: kind (f or g), digits, number in hexadecimal, text. Differences of house style are
applied here: a true minus sign, none before zero, and exponents without plus sign or leading zero.
"""
import os, random
rng = random.Random(3)
values = [0.0, -0.0, 0.5, 1.5, 2.5, -0.5, 0.125, 0.375, 2.675, 1.005, 0.045, 9.995, 9.9949, 99.95, 999.5, 999999.5, 9999995.0,
          1e21, 1e22, 1e23, 123456789.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e-5, 1e-4, 0.00012345,
          0.99999, 0.000099999, 1 / 3, -2 / 3, 1e15, 1e16, 1e17, 4503599627370497.5, -1234.5678, 3.0, 100.0, 1e6, 123456.0]
values += [rng.uniform(-1, 1) * 10 ** rng.randint(-12, 14) for _ in range(60)]
lines = []
for v in values:
    for kind, digits in (("f", 0), ("f", 1), ("f", 2), ("f", 6), ("g", 1), ("g", 3), ("g", 4), ("g", 17)):
        if kind == "f":
            if abs(v) > 1e40: continue
            text = f"{v:.{digits}f}"
            if not text.strip("-0."): text = text.lstrip("-")
        else:
            text = f"{v:.{digits}g}" if v else "0"
            e = f"{v:.{digits - 1}e}" if v else "0e0"
            exponent = int(e.split("e")[1])
            # Ours writes powers of ten from 1e6 on only, where Python does so from 10**digits on.
            if v and (exponent < -4 or exponent >= max(digits, 6)):
                mantissa = e.split("e")[0]
                if "." in mantissa: mantissa = mantissa.rstrip("0").rstrip(".")
                text = f"{mantissa}e{exponent}"
            elif v:
                text = f"{v:.{max(0, digits - 1 - exponent)}f}"
                if "." in text: text = text.rstrip("0").rstrip(".")
        lines.append("\t".join([kind, str(digits), v.hex(), text.replace("-", "\u2212", 1) if text.startswith("-") else text]))
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../decimal.tsv")
open(path, "w", encoding="utf-8").write("\n".join(lines) + "\n")
