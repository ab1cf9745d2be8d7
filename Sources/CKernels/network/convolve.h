/*
 * A product whose sum over k runs over stretches: C = sum over stretches s and k of
 * a[a_at[s] + row a_row + k a_k] b[b_at[s] + k b_k + column].
 *
 * Order: each element of C starts from +0 (or from what it was) and adds its terms with the
 * stretches in order and k ascending within, one fma a term. With a_at of the rows of a window it
 * is a convolution, without any copy of the window; with those of an output's rows it is the
 * convolution's slope. The last vector of columns may read b past its last column, up to FLOATS
 * elements, and drops what comes of it.
 */
#define STRETCH_TILE(rows, vectors)                                                               \
  static void stretch_##rows##_##vectors(const ck_stretches *p, const float *a, const float *b,   \
                                         float *c, ptrdiff_t columns) {                           \
    F sum[rows][vectors];                                                                         \
    ptrdiff_t rest = columns - (vectors - 1) * FLOATS;                                            \
    UNROLL for (int r = 0; r < rows; r++) {                                                       \
      UNROLL for (int v = 0; v < vectors; v++) {                                                  \
        sum[r][v] = p->first ? FLOAT(0)                                                           \
                             : take(c + r * p->c_row + v * FLOATS, v < vectors - 1 ? FLOATS       \
                                                                                   : rest);       \
      }                                                                                           \
    }                                                                                             \
    for (ptrdiff_t s = 0; s < p->stretches; s++) {                                                \
      const float *as = a + p->a_at[s], *bs = b + p->b_at[s];                                     \
      NO_UNROLL for (ptrdiff_t k = 0; k < p->depth; k++) {                                        \
        F row[vectors];                                                                           \
        UNROLL for (int v = 0; v < vectors; v++) row[v] = take(bs + v * FLOATS, FLOATS);          \
        UNROLL for (int r = 0; r < rows; r++) {                                                   \
          F factor = FLOAT(as[r * p->a_row]);                                                     \
          UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = F_FMA(factor, row[v], sum[r][v]);  \
        }                                                                                         \
        as += p->a_k;                                                                             \
        bs += p->b_k;                                                                             \
      }                                                                                           \
    }                                                                                             \
    UNROLL for (int r = 0; r < rows; r++) {                                                       \
      UNROLL for (int v = 0; v < vectors; v++) {                                                  \
        put(c + r * p->c_row + v * FLOATS, sum[r][v], v < vectors - 1 ? FLOATS : rest);           \
      }                                                                                           \
    }                                                                                             \
  }
#define UNROLL _Pragma("clang loop unroll(full)")
#define NO_UNROLL _Pragma("clang loop unroll(disable)")
#if TILE_VECTORS == 3
#define STRETCH_ROW(APPLY, rows) APPLY(rows, 1) APPLY(rows, 2) APPLY(rows, 3)
#else
#define STRETCH_ROW(APPLY, rows) APPLY(rows, 1) APPLY(rows, 2)
#endif
#define STRETCH_SIX(APPLY)                                                                        \
  STRETCH_ROW(APPLY, 1) STRETCH_ROW(APPLY, 2) STRETCH_ROW(APPLY, 3) STRETCH_ROW(APPLY, 4)         \
  STRETCH_ROW(APPLY, 5) STRETCH_ROW(APPLY, 6)
#if TILE_ROWS == 8
#define STRETCH_ALL(APPLY) STRETCH_SIX(APPLY) STRETCH_ROW(APPLY, 7) STRETCH_ROW(APPLY, 8)
#else
#define STRETCH_ALL(APPLY) STRETCH_SIX(APPLY)
#endif
STRETCH_ALL(STRETCH_TILE)

typedef void (*StretchTile)(const ck_stretches *, const float *, const float *, float *, ptrdiff_t);
#define STRETCH_ENTRY(rows, vectors) [rows][vectors] = stretch_##rows##_##vectors,
static const StretchTile stretch_tiles[TILE_ROWS + 1][TILE_VECTORS + 1] = {
    STRETCH_ALL(STRETCH_ENTRY)};

/* m rows by n columns, in tiles that share out what is left evenly. */
static void net_stretches(const ck_stretches *p, ptrdiff_t m, ptrdiff_t n) {
  for (ptrdiff_t j = 0; j < n;) {
    ptrdiff_t vectors = (n - j + FLOATS - 1) / FLOATS;
    ptrdiff_t panels = (vectors + TILE_VECTORS - 1) / TILE_VECTORS;
    ptrdiff_t wide = (vectors + panels - 1) / panels;
    ptrdiff_t columns = wide * FLOATS < n - j ? wide * FLOATS : n - j;
    for (ptrdiff_t i = 0; i < m;) {
      ptrdiff_t tiles = (m - i + TILE_ROWS - 1) / TILE_ROWS;
      ptrdiff_t rows = (m - i + tiles - 1) / tiles;
      stretch_tiles[rows][wide](p, p->a + i * p->a_row, p->b + j, p->c + i * p->c_row + j,
                                columns);
      i += rows;
    }
    j += columns;
  }
}

/* The largest, or the mean, of each window; rows and columns outside of the image do not count. */
static void net_pool(const ck_pool *p, const float *x, float *y) {
  for (ptrdiff_t oy = 0; oy < p->out_height; oy++) {
    for (ptrdiff_t ox = 0; ox < p->out_width; ox++) {
      ptrdiff_t y0 = oy * p->stride_y - p->pad_y, x0 = ox * p->stride_x - p->pad_x;
      ptrdiff_t y1 = y0 + p->window_y < p->height ? y0 + p->window_y : p->height;
      ptrdiff_t x1 = x0 + p->window_x < p->width ? x0 + p->window_x : p->width;
      y0 = y0 > 0 ? y0 : 0;
      x0 = x0 > 0 ? x0 : 0;
      float share = 1.0f / (float)((y1 - y0) * (x1 - x0));
      float *to = y + (oy * p->out_width + ox) * p->channels;
      EACH(p->channels, {
        F best = p->is_mean ? FLOAT(0) : take(x + (y0 * p->width + x0) * p->channels + i, count);
        for (ptrdiff_t wy = y0; wy < y1; wy++) {
          for (ptrdiff_t wx = x0; wx < x1; wx++) {
            F value = take(x + (wy * p->width + wx) * p->channels + i, count);
            if (p->is_mean) {
              best = best + value;
            } else {
              best = SELECT(FMASK(value > best) | FMASK(value != value), value, best);
            }
          }
        }
        put(to + i, p->is_mean ? best * share : best, count);
      })
    }
  }
}

/* Adds the slope of each window's result to its first largest element, or to all its elements. */
static void net_pool_slope(const ck_pool *p, const float *x, const float *y, const float *d,
                           float *slope) {
  for (ptrdiff_t oy = 0; oy < p->out_height; oy++) {
    for (ptrdiff_t ox = 0; ox < p->out_width; ox++) {
      ptrdiff_t y0 = oy * p->stride_y - p->pad_y, x0 = ox * p->stride_x - p->pad_x;
      ptrdiff_t y1 = y0 + p->window_y < p->height ? y0 + p->window_y : p->height;
      ptrdiff_t x1 = x0 + p->window_x < p->width ? x0 + p->window_x : p->width;
      y0 = y0 > 0 ? y0 : 0;
      x0 = x0 > 0 ? x0 : 0;
      float share = 1.0f / (float)((y1 - y0) * (x1 - x0));
      ptrdiff_t at = (oy * p->out_width + ox) * p->channels;
      EACH(p->channels, {
        F best = take(y + at + i, count), step = take(d + at + i, count);
        if (p->is_mean) step = step * share;
        FBits open = (FBits)(-1);
        for (ptrdiff_t wy = y0; wy < y1; wy++) {
          for (ptrdiff_t wx = x0; wx < x1; wx++) {
            ptrdiff_t place = (wy * p->width + wx) * p->channels + i;
            F old = take(slope + place, count);
            if (p->is_mean) {
              put(slope + place, old + step, count);
            } else {
              FBits hit = open & FMASK(take(x + place, count) == best);
              put(slope + place, SELECT(hit, old + step, old), count);
              open = open & ~hit;
            }
          }
        }
      })
    }
  }
}
