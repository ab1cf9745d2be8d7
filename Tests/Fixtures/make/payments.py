"""Writes notebooks/data/payments.csv.gz: made-up card payments, of which about one in sixty is fraud.

Run it with `python -P`. No payment, person or merchant is real. Fraud is likelier far from home, at
night, online and for larger amounts, but every one of these is common among honest payments too, so
that no rule tells them apart. Random numbers come from a congruential generator, so that the file is
the same on every machine.
"""
import gzip, math, os

here = os.path.dirname(os.path.abspath(__file__))
state = 2024


def u():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 11) * 2.0**-53


def normal():
    return sum(u() for _ in range(12)) - 6


lines = ["amount,hour,distance_km,hours_since_last,kind,country,fraud"]
for _ in range(16000):
    kind = ["groceries", "fuel", "travel", "electronics", "online"][min(int(u() * u() * 6), 4)]
    abroad = u() < 0.08
    hour = int(24 * u()) if u() < 0.25 else min(23, max(0, int(13 + 4 * normal())))
    amount = round(math.exp(3.2 + 0.9 * normal() + (0.8 if kind in ("travel", "electronics") else 0)), 2)
    distance = round(math.exp(1.2 + 1.1 * normal() + (3 if abroad else 0)), 1)
    since = round(math.exp(2.5 + 1.2 * normal()), 1)
    risk = -6.6 + 0.55 * math.log(amount) + 0.45 * math.log(distance + 1) - 0.35 * math.log(since + 0.1)
    risk += 1.2 * (hour < 6) + 0.9 * (kind == "online") + 0.7 * (kind == "electronics")
    # What the straight line can't see: large and quick together.
    risk += 1.6 * (amount > 120 and since < 4)
    fraud = u() < 1 / (1 + math.exp(-risk))
    lines.append(f"{amount},{hour},{distance},{since},{kind},{'abroad' if abroad else 'home'},{'yes' if fraud else 'no'}")
data = ("\n".join(lines) + "\n").encode()
with open(os.path.join(here, "..", "..", "..", "notebooks", "data", "payments.csv.gz"), "wb") as file:
    file.write(gzip.compress(data, 9, mtime=0))
print(sum(line.endswith("yes") for line in lines), "of", len(lines) - 1, "are fraud;", len(data), "bytes")
