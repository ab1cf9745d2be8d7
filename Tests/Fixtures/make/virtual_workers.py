"""A small network trained by four workers in NumPy: local SGD, and compressed gradients.

    python -P Tests/Fixtures/make/virtual_workers.py

Written from the papers, not from the engine: Stich 2019 (algorithm 1), Lin and others 2018 (top-k with what
is left added again), Karimireddy and others 2019 (scaled sign with error feedback). It computes in 64 bits
from numbers of 32. Rows are taken in their order, a worker's being its quarter of each batch.
"""
import json
import pathlib

import numpy as np

target = pathlib.Path(__file__).resolve().parents[1] / 'virtual_workers.json'
random = np.random.default_rng(11)
rows, features, hidden, batch, workers, epochs, rate = 48, 3, 5, 24, 4, 6, 0.1
X = random.normal(size=(rows, features)).astype(np.float32).astype(float)
y = (np.sin(X[:, 0]) + X[:, 1] * X[:, 2]).astype(np.float32).astype(float)
first = [random.normal(size=s).astype(np.float32).astype(float) * k for s, k in
         [((features, hidden), 0.5), ((hidden,), 0.25), ((hidden, 1), 0.5), ((1,), 0.25)]]


def gradient(w, x, t):
    """Of the mean squared error over some rows."""
    h = np.tanh(x @ w[0] + w[1])
    d = 2 * ((h @ w[2] + w[3])[:, 0] - t)[:, None] / len(t)
    dh = (d @ w[2].T) * (1 - h * h)
    return [x.T @ dh, dh.sum(0), h.T @ d, d.sum(0)]


def flat(parts):
    return np.concatenate([p.ravel() for p in parts])


def cut(vector):
    out, at = [], 0
    for p in first:
        out.append(vector[at:at + p.size].reshape(p.shape))
        at += p.size
    return out


def top_k(v, share=0.2):
    keep = np.argsort(-np.abs(v), kind='stable')[:int(np.ceil(share * len(v)))]
    sent = np.zeros_like(v)
    sent[keep] = v[keep]
    return sent


def one_bit(v):
    return flat([np.where(p < 0, -1, 1) * np.abs(p).mean() for p in cut(v)])


def shards(b):
    size = batch // workers
    for k in range(workers):
        part = slice(b + k * size, b + (k + 1) * size)
        yield X[part], y[part]


def compressed(compress, feedback):
    w, left = flat(first), [0.0] * workers
    for _ in range(epochs):
        for b in range(0, rows, batch):
            total = 0
            for k, (x, t) in enumerate(shards(b)):
                # A worker's rows count by their share of the whole batch.
                message = flat(gradient(cut(w), x, t)) * len(t) / batch + left[k]
                sent = compress(message)
                left[k] = message - sent if feedback else 0.0
                total = total + sent
            w = w - rate * total
    return w


def local(steps, compress=None):
    ws, anchor = [flat(first) for _ in range(workers)], flat(first)
    left, done, last = [0.0] * workers, 0, epochs * rows // batch
    for _ in range(epochs):
        for b in range(0, rows, batch):
            for k, (x, t) in enumerate(shards(b)):
                ws[k] = ws[k] - rate * flat(gradient(cut(ws[k]), x, t))
            done += 1
            if done % steps and done != last:
                continue
            if compress is None:
                anchor = sum(ws) / workers
            else:
                total = 0
                for k in range(workers):
                    message = ws[k] - anchor + left[k]
                    sent = compress(message)
                    left[k] = message - sent
                    total = total + sent
                anchor = anchor + total / workers
            ws = [anchor.copy() for _ in range(workers)]
    return anchor


cases = {
    'top_k': compressed(top_k, True), 'top_k-forgetting': compressed(top_k, False),
    'one_bit': compressed(one_bit, True), 'local-3': local(3), 'local-5': local(5),
    'local-3-top_k': local(3, top_k),
}
target.write_text(json.dumps({
    'features': features, 'batch': batch, 'epochs': epochs, 'rate': rate, 'hidden': hidden,
    'x': X.ravel().tolist(), 'y': y.tolist(), 'before': flat(first).tolist(),
    'after': {name: w.tolist() for name, w in cases.items()},
}, indent=1) + '\n')
for name, w in cases.items():
    print(name, w[:3])
