/*
 * C = alpha op(A) op(B) + beta C, row-major.
 *
 * Order: each element of C starts from +0 and adds its terms with k ascending, one fma a term; the
 * sum is then multiplied by alpha and, unless beta is 0, joined by one fma with beta and the old C.
 * Blocks over k pass the partial sums on through memory, which changes no bits.
 *
 * Layout after K. Goto and R. van de Geijn, "Anatomy of high-performance matrix multiplication",
 * 2008: a block of op(B) is packed into panels TILE_COLUMNS wide, a block of op(A) into panels
 * TILE_ROWS high, and a tile of C is held in registers while k runs.
 *
 * The including file defines ELEMENT, VECTOR (of WIDTH elements), PRODUCT and NAME(x).
 */
#define TILE_COLUMNS (TILE_VECTORS * WIDTH)

/* One tile's place: which rows, columns and stretch of k. */
typedef struct {
  ptrdiff_t i, j, depth;
  int first, last, columns;
  const ELEMENT *a, *b; /* the rows of op(A) and the columns of op(B), packed or in place */
  ptrdiff_t b_k;
} NAME(Tile);

INLINE VECTOR NAME(load)(const ELEMENT *p) {
  VECTOR x;
  memcpy(&x, p, sizeof x);
  return x;
}

INLINE VECTOR NAME(load_part)(const ELEMENT *p, int count) {
  ELEMENT parts[WIDTH] = {0};
  memcpy(parts, p, (size_t)count * sizeof(ELEMENT));
  return NAME(load)(parts);
}

INLINE void NAME(store_part)(ELEMENT *p, VECTOR x, int count) {
  ELEMENT parts[WIDTH];
  memcpy(parts, &x, sizeof x);
  memcpy(p, parts, (size_t)count * sizeof(ELEMENT));
}

INLINE VECTOR NAME(finished)(const PRODUCT *p, VECTOR sum, VECTOR old) {
  VECTOR x = sum * (VECTOR)(p->alpha);
  if (p->beta != 0) x = __builtin_elementwise_fma((VECTOR)(p->beta), old, x);
  return x != x ? (VECTOR)(ELEMENT)__builtin_nan("") : x;
}

/* A tile of rows x vectors; op(A) is a[r * a_row + k * a_k]. */
INLINE void NAME(tile)(const PRODUCT *p, const NAME(Tile) *at, int rows, int vectors,
                       ptrdiff_t a_row, ptrdiff_t a_k) {
  const ELEMENT *a = at->a, *b = at->b;
  const ptrdiff_t b_k = at->b_k;
  VECTOR sum[TILE_ROWS][TILE_VECTORS];
  int rest = at->columns - (vectors - 1) * WIDTH; /* columns in the last vector */
  ELEMENT *partial = p->partial + at->i * p->partial_row + at->j;
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      const ELEMENT *from = partial + r * p->partial_row + v * WIDTH;
      int whole = v < vectors - 1 || rest == WIDTH;
      sum[r][v] = at->first ? (VECTOR)(ELEMENT)0
                  : whole   ? NAME(load)(from)
                            : NAME(load_part)(from, rest);
    }
  }
#pragma clang loop unroll(disable)
  for (ptrdiff_t k = 0; k < at->depth; k++) {
    VECTOR row[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) row[v] = NAME(load)(b + v * WIDTH);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      VECTOR factor = (VECTOR)(a[r * a_row]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) {
        sum[r][v] = __builtin_elementwise_fma(factor, row[v], sum[r][v]);
      }
    }
    a += a_k;
    b += b_k;
  }
  ELEMENT *c = p->c + at->i * p->c_row + at->j;
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      int whole = v < vectors - 1 || rest == WIDTH;
      VECTOR x = sum[r][v];
      ELEMENT *to = partial + r * p->partial_row + v * WIDTH;
      if (at->last) {
        to = c + r * p->c_row + v * WIDTH;
        VECTOR old = p->beta == 0 ? x : whole ? NAME(load)(to) : NAME(load_part)(to, rest);
        x = NAME(finished)(p, x, old);
      }
      if (whole) {
        memcpy(to, &x, sizeof x);
      } else {
        NAME(store_part)(to, x, rest);
      }
    }
  }
}

/* One function for each shape of tile, so that the sums stay in registers; packed panels of A have
   the rows of a tile side by side, other strides are those of the matrix itself. */
#define TILE_FUNCTION(rows, vectors)                                                              \
  static void NAME(packed_##rows##_##vectors)(const PRODUCT *p, const NAME(Tile) *at) {           \
    NAME(tile)(p, at, rows, vectors, 1, rows);                                                    \
  }                                                                                               \
  static void NAME(direct_##rows##_##vectors)(const PRODUCT *p, const NAME(Tile) *at) {           \
    NAME(tile)(p, at, rows, vectors, p->a_row, 1);                                                \
  }
#if TILE_VECTORS == 3
#define EACH_VECTORS(APPLY, rows) APPLY(rows, 1) APPLY(rows, 2) APPLY(rows, 3)
#else
#define EACH_VECTORS(APPLY, rows) APPLY(rows, 1) APPLY(rows, 2)
#endif
#if TILE_ROWS == 8
#define EACH_TILE(APPLY)                                                                          \
  EACH_VECTORS(APPLY, 1) EACH_VECTORS(APPLY, 2) EACH_VECTORS(APPLY, 3) EACH_VECTORS(APPLY, 4)     \
  EACH_VECTORS(APPLY, 5) EACH_VECTORS(APPLY, 6) EACH_VECTORS(APPLY, 7) EACH_VECTORS(APPLY, 8)
#else
#define EACH_TILE(APPLY)                                                                          \
  EACH_VECTORS(APPLY, 1) EACH_VECTORS(APPLY, 2) EACH_VECTORS(APPLY, 3) EACH_VECTORS(APPLY, 4)     \
  EACH_VECTORS(APPLY, 5) EACH_VECTORS(APPLY, 6)
#endif
EACH_TILE(TILE_FUNCTION)

typedef void (*NAME(TileFunction))(const PRODUCT *, const NAME(Tile) *);
#define PACKED_ENTRY(rows, vectors) [rows][vectors] = NAME(packed_##rows##_##vectors),
#define DIRECT_ENTRY(rows, vectors) [rows][vectors] = NAME(direct_##rows##_##vectors),
static const NAME(TileFunction) NAME(packed_tiles)[TILE_ROWS + 1][TILE_VECTORS + 1] = {
    EACH_TILE(PACKED_ENTRY)};
static const NAME(TileFunction) NAME(direct_tiles)[TILE_ROWS + 1][TILE_VECTORS + 1] = {
    EACH_TILE(DIRECT_ENTRY)};

#include "pack.h"

/* The next panel's columns, a multiple of WIDTH: what is left is shared out evenly, since a narrow
   tile runs at a lower rate. */
INLINE int NAME(panel_width)(ptrdiff_t left) {
  ptrdiff_t vectors = (left + WIDTH - 1) / WIDTH;
  ptrdiff_t panels = (vectors + TILE_VECTORS - 1) / TILE_VECTORS;
  return (int)((vectors + panels - 1) / panels) * WIDTH;
}

/* Packing costs more than it saves where rows are near each other, or a panel is read but once or
   twice. */
#define NEAR_STRIDE (ptrdiff_t)(2048 / sizeof(ELEMENT))

INLINE int NAME(reads_a_in_place)(const PRODUCT *p, ptrdiff_t n) {
  return p->a_k == 1 && p->weights == NULL && (p->a_row <= NEAR_STRIDE || n <= TILE_COLUMNS);
}

INLINE int NAME(reads_b_in_place)(const PRODUCT *p, ptrdiff_t m, int columns, int width) {
  return p->b_column == 1 && columns == width && (p->b_k <= NEAR_STRIDE || m <= 2 * TILE_ROWS);
}

/* The tiles of rows i0 ... i0 + height in one panel of columns. */
static void NAME(panel)(const PRODUCT *p, NAME(Tile) at, ptrdiff_t i0, ptrdiff_t height,
                        int vectors, const ELEMENT *a_place, const ELEMENT *a_block) {
  for (ptrdiff_t i = 0; i < height; i += TILE_ROWS) {
    int rows = (int)(height - i < TILE_ROWS ? height - i : TILE_ROWS);
    at.i = i0 + i;
    if (p->lower && at.j > at.i + rows - 1) continue;
    at.a = a_place ? a_place + at.i * p->a_row : a_block + i * at.depth;
    (a_place ? NAME(direct_tiles) : NAME(packed_tiles))[rows][vectors](p, &at);
  }
}

/* Blocks of C, k and packed panels; see the head of this file. */
static void NAME(product)(const PRODUCT *p, ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth,
                          ELEMENT *a_block, ELEMENT *b_block) {
  for (ptrdiff_t j0 = 0; j0 < n; j0 += CK_BLOCK_COLUMNS) {
    ptrdiff_t width = n - j0 < CK_BLOCK_COLUMNS ? n - j0 : CK_BLOCK_COLUMNS;
    for (ptrdiff_t k0 = 0; k0 < depth || k0 == 0; k0 += CK_BLOCK_DEPTH) {
      NAME(Tile) at = {.depth = depth - k0 < CK_BLOCK_DEPTH ? depth - k0 : CK_BLOCK_DEPTH};
      at.first = k0 == 0;
      at.last = k0 + at.depth >= depth;
      const ELEMENT *a_place = NAME(reads_a_in_place)(p, width) ? p->a + k0 : NULL;
      for (ptrdiff_t i0 = 0; i0 < m; i0 += CK_BLOCK_ROWS) {
        ptrdiff_t height = m - i0 < CK_BLOCK_ROWS ? m - i0 : CK_BLOCK_ROWS;
        for (ptrdiff_t i = 0; i < height && a_place == NULL; i += TILE_ROWS) {
          int rows = (int)(height - i < TILE_ROWS ? height - i : TILE_ROWS);
          NAME(pack_a)(p, p->a + (i0 + i) * p->a_row + k0 * p->a_k,
                       p->weights ? p->weights + k0 : NULL, at.depth, rows,
                       a_block + i * at.depth);
        }
        for (ptrdiff_t j = 0; j < width; j += at.columns) {
          int padded = NAME(panel_width)(width - j);
          const ELEMENT *place = p->b + (j0 + j) * p->b_column + k0 * p->b_k;
          at.j = j0 + j;
          at.columns = (int)(width - j < padded ? width - j : padded);
          if (NAME(reads_b_in_place)(p, m, at.columns, padded)) {
            at.b = place;
            at.b_k = p->b_k;
          } else {
            ELEMENT *packed = b_block + j * at.depth;
            if (i0 == 0) {
              NAME(pack_b)(place, p->b_column, p->b_k, at.depth, at.columns, padded, packed);
            }
            at.b = packed;
            at.b_k = padded;
          }
          NAME(panel)(p, at, i0, height, padded / WIDTH, a_place, a_block);
        }
      }
    }
  }
}

#undef NEAR_STRIDE
#undef ZIP_LOW
#undef ZIP_HIGH
#undef TILE_COLUMNS
#undef TILE_FUNCTION
#undef EACH_VECTORS
#undef EACH_TILE
#undef PACKED_ENTRY
#undef DIRECT_ENTRY
#undef ELEMENT
#undef WIDTH
#undef VECTOR
#undef PRODUCT
#undef NAME
