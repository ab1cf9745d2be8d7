"""Writes Sources/ColophonMath/Special/TemmeCoefficients.swift.

The coefficients are exact rationals, rounded once to double. With mu = x/a - 1 and
eta^2 / 2 = mu - log(1 + mu), mu is a power series in eta with mu mu' = eta (1 + mu); then
c_0 = 1/mu - 1/eta and c_k = c'_(k-1)/eta + (-1)^k g_k/mu (DLMF 8.12.12), where g_k is what
cancels the pole. Needs Python 3 only.
"""
from fractions import Fraction as F
import os

ORDERS, TERMS = 14, 24
N = TERMS + 2 * ORDERS + 4
alpha = [F(0), F(1)]
for n in range(2, N + 2):
    rest = sum(alpha[i] * (n + 1 - i) * alpha[n + 1 - i] for i in range(2, n))
    alpha.append((alpha[n - 1] - rest) / (n + 1))
# 1/mu = (1/eta) * r(eta)
p = alpha[1:]
r = [F(1)]
for n in range(1, N):
    r.append(-sum(p[i] * r[n - i] for i in range(1, n + 1)))
c = [r[1:]]  # c_0 = (r - 1)/eta
for k in range(1, ORDERS):
    last = c[-1]
    d = [(i + 1) * last[i + 1] for i in range(len(last) - 1)]  # derivative
    g = -d[0]  # pole: d[0]/eta + g/eta = 0
    c.append([d[i + 1] + g * r[i + 1] for i in range(min(len(d) - 1, len(r) - 1))])

out = os.path.join(os.path.dirname(__file__), "../../../Sources/ColophonMath/Special/TemmeCoefficients.swift")
with open(out, "w") as f:
    f.write("/// The coefficients cₖₙ of Temme's expansion, as `Tests/Fixtures/make/temme.py` writes them.\n")
    f.write("///\n/// Row k holds the power series of cₖ(η), by ascending powers of η; the terms left out are below\n")
    f.write("/// 1e-17 for |η| ≤ 0.55 and a shape of at least 20.\n")
    f.write("enum TemmeCoefficients {\n  static let rows: [[Double]] = [\n")
    for k in range(ORDERS):
        row = []
        for n in range(TERMS):
            v = float(c[k][n])
            if abs(v) * 0.55**n * 20.0**-k < 1e-18: break
            row.append(repr(v))
        lines, line = [], "      "
        for v in row:
            if len(line) + len(v) + 2 > 98:
                lines.append(line.rstrip()); line = "      "
            line += v + ", "
        lines.append(line.rstrip())
        f.write("    [\n" + "\n".join(lines) + "\n    ],\n")
    f.write("  ]\n}\n")
