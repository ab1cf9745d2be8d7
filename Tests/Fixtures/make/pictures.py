"""Small pictures, written by the rules of the format alone.

    python -P Tests/Fixtures/make/pictures.py
"""
import pathlib
import struct
import zlib

folder = pathlib.Path(__file__).resolve().parents[1] / 'pictures'


def chunk(kind, data):
    body = kind + data
    return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))


def png(width, height, kind, rows):
    head = struct.pack('>IIBBBBB', width, height, 8, kind, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head)
            + chunk(b'IDAT', zlib.compress(b''.join(b'\0' + bytes(row) for row in rows)))
            + chunk(b'IEND', b''))


def grey(seed):
    return png(4, 3, 0, [[(seed + 17 * (4 * y + x)) % 256 for x in range(4)] for y in range(3)])


for label, seeds in [('cat', (0, 5)), ('dog', (90, 200))]:
    (folder / 'sets' / label).mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(seeds):
        (folder / 'sets' / label / f'{place}.png').write_bytes(grey(seed))
(folder / 'bad').mkdir(exist_ok=True)
(folder / 'bad' / 'a.png').write_bytes(grey(0))
(folder / 'bad' / 'b.png').write_bytes(b'GIF89a')
(folder / 'bad' / 'c.png').write_bytes(png(2, 3, 0, [[1, 2]] * 3))
(folder / 'bad' / 'd.png').write_bytes(grey(0)[:50])
(folder / 'colour.png').write_bytes(png(2, 1, 2, [[255, 0, 10, 7, 8, 9]]))
