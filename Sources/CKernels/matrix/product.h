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

/* A tile of rows x vectors; a[r * a_row + k * a_k] and b[k * b_k + column]. */
INLINE void NAME(tile)(const PRODUCT *p, const NAME(Tile) *at, int rows, int vectors,
                       const ELEMENT *a, ptrdiff_t a_row, ptrdiff_t a_k, const ELEMENT *b,
                       ptrdiff_t b_k) {
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
  static void NAME(packed_##rows##_##vectors)(const PRODUCT *p, const NAME(Tile) *at,       \
                                              const ELEMENT *a, const ELEMENT *b) {               \
    NAME(tile)(p, at, rows, vectors, a, 1, rows, b, vectors *WIDTH);                              \
  }                                                                                               \
  static void NAME(direct_##rows##_##vectors)(const PRODUCT *p, const NAME(Tile) *at,       \
                                              const ELEMENT *a, const ELEMENT *b) {               \
    NAME(tile)(p, at, rows, vectors, a, p->a_row, 1, b, vectors *WIDTH);                          \
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

typedef void (*NAME(TileFunction))(const PRODUCT *, const NAME(Tile) *, const ELEMENT *,
                                   const ELEMENT *);
#define PACKED_ENTRY(rows, vectors) [rows][vectors] = NAME(packed_##rows##_##vectors),
#define DIRECT_ENTRY(rows, vectors) [rows][vectors] = NAME(direct_##rows##_##vectors),
static const NAME(TileFunction) NAME(packed_tiles)[TILE_ROWS + 1][TILE_VECTORS + 1] = {
    EACH_TILE(PACKED_ENTRY)};
static const NAME(TileFunction) NAME(direct_tiles)[TILE_ROWS + 1][TILE_VECTORS + 1] = {
    EACH_TILE(DIRECT_ENTRY)};

/* A panel of op(B): depth rows of width elements, zeros beyond the columns. */
static void NAME(pack_b)(const ELEMENT *b, ptrdiff_t by_column, ptrdiff_t by_k, ptrdiff_t depth,
                         int columns, int width, ELEMENT *to) {
  if (by_column == 1 && columns == width) {
    for (ptrdiff_t k = 0; k < depth; k++) {
      for (int j = 0; j < width; j += WIDTH) {
        VECTOR part = NAME(load)(b + k * by_k + j);
        memcpy(to + k * width + j, &part, sizeof part);
      }
    }
    return;
  }
  if (by_column == 1) {
    for (ptrdiff_t k = 0; k < depth; k++) {
      for (int j = 0; j < columns; j++) to[k * width + j] = b[k * by_k + j];
      for (int j = columns; j < width; j++) to[k * width + j] = 0;
    }
    return;
  }
  for (ptrdiff_t k0 = 0; k0 < depth; k0 += 16) {
    ptrdiff_t end = k0 + 16 < depth ? k0 + 16 : depth;
    for (int j = 0; j < width; j++) {
      const ELEMENT *column = b + j * by_column;
      for (ptrdiff_t k = k0; k < end; k++) to[k * width + j] = j < columns ? column[k * by_k] : 0;
    }
  }
}

/* A panel of op(A): depth columns of rows elements, each times its weight. */
static void NAME(pack_a)(const PRODUCT *p, const ELEMENT *a, const ELEMENT *weights,
                         ptrdiff_t depth, int rows, ELEMENT *to) {
  if (p->a_row == 1) {
    for (ptrdiff_t k = 0; k < depth; k++) {
      for (int r = 0; r < rows; r++) to[k * rows + r] = a[k * p->a_k + r];
    }
  } else {
    for (ptrdiff_t k0 = 0; k0 < depth; k0 += 16) {
      ptrdiff_t end = k0 + 16 < depth ? k0 + 16 : depth;
      for (int r = 0; r < rows; r++) {
        const ELEMENT *row = a + r * p->a_row;
        for (ptrdiff_t k = k0; k < end; k++) to[k * rows + r] = row[k * p->a_k];
      }
    }
  }
  if (weights == NULL) return;
  for (ptrdiff_t k = 0; k < depth; k++) {
    for (int r = 0; r < rows; r++) to[k * rows + r] *= weights[k];
  }
}

/* The next panel's columns, a multiple of WIDTH: what is left is shared out evenly, since a narrow
   tile runs at a lower rate. */
INLINE int NAME(panel_width)(ptrdiff_t left) {
  ptrdiff_t vectors = (left + WIDTH - 1) / WIDTH;
  ptrdiff_t panels = (vectors + TILE_VECTORS - 1) / TILE_VECTORS;
  return (int)((vectors + panels - 1) / panels) * WIDTH;
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
      int direct = p->a_k == 1 && p->weights == NULL && (p->a_row <= (ptrdiff_t)(2048 / sizeof(ELEMENT)) || width <= TILE_COLUMNS);
      for (ptrdiff_t j = 0; j < width;) {
        int padded = NAME(panel_width)(width - j);
        int columns = (int)(width - j < padded ? width - j : padded);
        NAME(pack_b)(p->b + (j0 + j) * p->b_column + k0 * p->b_k, p->b_column, p->b_k, at.depth, columns, padded,
                     b_block + j * at.depth);
        j += padded;
      }
      for (ptrdiff_t i0 = 0; i0 < m; i0 += CK_BLOCK_ROWS) {
        ptrdiff_t height = m - i0 < CK_BLOCK_ROWS ? m - i0 : CK_BLOCK_ROWS;
        if (p->lower && j0 > i0 + height - 1) continue;
        for (ptrdiff_t i = 0; i < height && !direct; i += TILE_ROWS) {
          int rows = (int)(height - i < TILE_ROWS ? height - i : TILE_ROWS);
          NAME(pack_a)(p, p->a + (i0 + i) * p->a_row + k0 * p->a_k, p->weights ? p->weights + k0 : NULL,
                       at.depth, rows, a_block + i * at.depth);
        }
        for (ptrdiff_t j = 0; j < width;) {
          int padded = NAME(panel_width)(width - j);
          int vectors = padded / WIDTH;
          at.j = j0 + j;
          at.columns = (int)(width - j < padded ? width - j : padded);
          for (ptrdiff_t i = 0; i < height; i += TILE_ROWS) {
            at.i = i0 + i;
            int rows = (int)(height - i < TILE_ROWS ? height - i : TILE_ROWS);
            if (p->lower && at.j > at.i + rows - 1) continue;
            if (direct) {
              NAME(direct_tiles)[rows][vectors](p, &at, p->a + at.i * p->a_row + k0, b_block + j * at.depth);
            } else {
              NAME(packed_tiles)[rows][vectors](p, &at, a_block + i * at.depth, b_block + j * at.depth);
            }
          }
          j += padded;
        }
      }
    }
  }
}

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
