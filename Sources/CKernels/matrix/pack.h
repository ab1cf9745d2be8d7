/* Packed panels of op(A) and op(B); part of product.h. */

/* Alternating elements of the first, or of the second, halves of two vectors. */
#if WIDTH == 2
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 2)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 1, 3)
#elif WIDTH == 4
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#elif WIDTH == 8
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#elif WIDTH == 16
#define ZIP_LOW(a, b)                                                                             \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b)                                                                            \
  __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#endif

#if WIDTH > 1
/* Transposes a square by as many perfect shuffles of its rows as WIDTH has bits. */
INLINE void NAME(transpose)(VECTOR *rows) {
#pragma clang loop unroll(full)
  for (int step = 1; step < WIDTH; step *= 2) {
    VECTOR next[WIDTH];
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH / 2; i++) {
      next[2 * i] = ZIP_LOW(rows[i], rows[i + WIDTH / 2]);
      next[2 * i + 1] = ZIP_HIGH(rows[i], rows[i + WIDTH / 2]);
    }
    memcpy(rows, next, sizeof next);
  }
}
#endif

/* WIDTH columns of op(B) that lie along k in memory, those from `columns` on zero. */
static void NAME(pack_along_k)(const ELEMENT *b, ptrdiff_t by_column, ptrdiff_t depth, int columns,
                               int width, ELEMENT *to) {
  ptrdiff_t k = 0;
#if WIDTH > 1
  for (; k + WIDTH <= depth; k += WIDTH) {
    VECTOR square[WIDTH];
#pragma clang loop unroll(full)
    for (int j = 0; j < WIDTH; j++) {
      square[j] = j < columns ? NAME(load)(b + j * by_column + k) : (VECTOR)(ELEMENT)0;
    }
    NAME(transpose)(square);
#pragma clang loop unroll(full)
    for (int r = 0; r < WIDTH; r++) memcpy(to + (k + r) * width, &square[r], sizeof(VECTOR));
  }
#endif
  for (; k < depth; k++) {
    for (int j = 0; j < WIDTH; j++) to[k * width + j] = j < columns ? b[j * by_column + k] : 0;
  }
}

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
    /* All but the last rows have something after their columns, so whole vectors may be read there
       and the lanes beyond the columns hold what no tile stores. */
    ptrdiff_t whole = by_k >= width ? depth - 1 : 0;
    for (ptrdiff_t k = 0; k < whole; k++) {
      for (int j = 0; j < width; j += WIDTH) {
        VECTOR part = NAME(load)(b + k * by_k + j);
        memcpy(to + k * width + j, &part, sizeof part);
      }
    }
    for (ptrdiff_t k = whole; k < depth; k++) {
      for (int j = 0; j < columns; j++) to[k * width + j] = b[k * by_k + j];
      for (int j = columns; j < width; j++) to[k * width + j] = 0;
    }
    return;
  }
  for (int j = 0; j < width; j += WIDTH) {
    NAME(pack_along_k)(b + j * by_column, by_column, depth, columns - j, width, to + j);
  }
}

/* A panel of op(A): depth columns of rows elements, each times its weight. */
static void NAME(pack_a)(const PRODUCT *p, const ELEMENT *a, const ELEMENT *weights,
                         ptrdiff_t depth, int rows, ELEMENT *to) {
  if (p->a_row == 1 && rows == TILE_ROWS && TILE_ROWS % WIDTH == 0) {
    for (ptrdiff_t k = 0; k < depth; k++) {
      VECTOR weight = (VECTOR)(weights ? weights[k] : 1);
      for (int r = 0; r < TILE_ROWS; r += WIDTH) {
        VECTOR part = NAME(load)(a + k * p->a_k + r) * weight;
        memcpy(to + k * TILE_ROWS + r, &part, sizeof part);
      }
    }
    return;
  }
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
