"""Writes Sources/ColophonMath/Random/SobolDirections.swift and Tests/Fixtures/sobol.csv.

SciPy 1.17.1. The direction numbers are those of Joe and Kuo, new-joe-kuo-6.21201
(https://web.maths.unsw.edu.au/~fkuo/sobol/), as SciPy ships them; the fixture is SciPy's own
unscrambled sequence at some indices, so the table and the recurrence are both checked.
"""
import os
import numpy as np
import scipy.stats
from scipy.stats import qmc

here = os.path.dirname(os.path.abspath(__file__))
DIMENSIONS = 64
data = np.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))
path = os.path.join(here, "../../../Sources/ColophonMath/Random/SobolDirections.swift")
with open(path, "w") as f:
    f.write("/// Direction numbers of Sobol's sequence, as `Tests/Fixtures/make/sobol.py` writes them.\n///\n")
    f.write("/// - SeeAlso: Joe and Kuo, \"Constructing Sobol sequences with better two-dimensional\n")
    f.write("///   projections\", 2008 (the set new-joe-kuo-6.21201).\n")
    f.write("enum SobolDirections {\n")
    f.write("  /// A primitive polynomial over GF(2), its leading and constant bits included, and the first odd\n")
    f.write("  /// direction integers; one row a dimension from the second on.\n")
    f.write("  static let rows: [(polynomial: UInt32, initial: [UInt32])] = [\n")
    for d in range(1, DIMENSIONS):
        poly = int(data["poly"][d])
        degree = poly.bit_length() - 1
        m = ", ".join(str(int(v)) for v in data["vinit"][d][:degree])
        f.write(f"    ({poly}, [{m}]),\n")
    f.write("  ]\n}\n")
points = qmc.Sobol(DIMENSIONS, scramble=False, bits=32).random(4096)
with open(os.path.join(here, "../sobol.csv"), "w") as f:
    for index in [0, 1, 2, 3, 5, 100, 1000, 4095]:
        f.write(",".join(["sobol", str(index)] + [repr(float(v)) for v in points[index]]) + "\n")
