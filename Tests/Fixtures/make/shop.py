"""Writes Tests/Fixtures/shop.sqlite: a small database of customers and orders, by Python's sqlite3.

The rows follow from arithmetic alone; the file's bytes depend on SQLite's version (3.40.1).
"""
import os, sqlite3

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shop.sqlite")
if os.path.exists(path):
    os.remove(path)
with sqlite3.connect(path) as base:
    base.execute("pragma page_size = 1024")
    base.execute("create table customer (id integer primary key, city text, joined text, photo blob)")
    base.execute("create table purchase (customer integer, price real, day text)")
    base.executemany(
        "insert into customer values (?, ?, ?, ?)",
        [(i, ["Bern", "Genf, GE", None][i % 3], f"2026-01-{i % 28 + 1:02d}",
          b"\x01\x02" if i == 7 else None) for i in range(1, 41)])
    base.executemany(
        "insert into purchase values (?, ?, ?)",
        [(i * 7 % 40 + 1, i * 1.25, f"2026-02-{i % 28 + 1:02d}") for i in range(60)])
base.close()
