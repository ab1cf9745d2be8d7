/* Every kernel of networks: its name, its parameters, its arguments. */
#define CK_NETWORK(APPLY)                                                                         \
  APPLY(exp, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                  \
  APPLY(tanh, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                 \
  APPLY(sigmoid, (ptrdiff_t n, const float *x, float *y), (n, x, y))                              \
  APPLY(activate,                                                                                 \
        (int kind, float c, ptrdiff_t rows, ptrdiff_t columns, const float *bias, float *y,       \
         float *before),                                                                          \
        (kind, c, rows, columns, bias, y, before))                                                \
  APPLY(slope, (int kind, float c, ptrdiff_t n, const float *y, const float *before, float *d),   \
        (kind, c, n, y, before, d))                                                               \
  APPLY(column_sums,                                                                              \
        (ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t x_row, float *sums,         \
         int first),                                                                              \
        (rows, columns, x, x_row, sums, first))                                                   \
  APPLY(add, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                  \
  APPLY(multiply, (ptrdiff_t n, const float *x, const float *f, float *y), (n, x, f, y))          \
  APPLY(softmax, (ptrdiff_t rows, ptrdiff_t columns, float *x), (rows, columns, x))               \
  APPLY(softmax_slope, (ptrdiff_t rows, ptrdiff_t columns, const float *y, float *d),             \
        (rows, columns, y, d))                                                                    \
  APPLY(column_moments,                                                                           \
        (ptrdiff_t rows, ptrdiff_t columns, const float *x, float *means, float *variances),      \
        (rows, columns, x, means, variances))                                                     \
  APPLY(column_normal,                                                                            \
        (ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *means,                   \
         const float *scales, const float *gain, const float *shift, float *normal, float *y),    \
        (rows, columns, x, means, scales, gain, shift, normal, y))                                \
  APPLY(column_normal_slope,                                                                      \
        (ptrdiff_t rows, ptrdiff_t columns, const float *normal, const float *scales,             \
         const float *gain, const float *d, float *gain_slope, float *shift_slope,                \
         float *x_slope),                                                                         \
        (rows, columns, normal, scales, gain, d, gain_slope, shift_slope, x_slope))               \
  APPLY(row_normal,                                                                               \
        (ptrdiff_t rows, ptrdiff_t columns, float epsilon, const float *x, const float *gain,     \
         const float *shift, float *normal, float *scales, float *y),                             \
        (rows, columns, epsilon, x, gain, shift, normal, scales, y))                              \
  APPLY(row_normal_slope,                                                                         \
        (ptrdiff_t rows, ptrdiff_t columns, const float *normal, const float *scales,             \
         const float *gain, const float *d, float *x_slope),                                      \
        (rows, columns, normal, scales, gain, d, x_slope))                                        \
  APPLY(stretches, (const ck_stretches *p, ptrdiff_t m, ptrdiff_t n), (p, m, n))                  \
  APPLY(pool, (const ck_pool *p, const float *x, float *y), (p, x, y))                            \
  APPLY(pool_slope,                                                                               \
        (const ck_pool *p, const float *x, const float *y, const float *d, float *slope),         \
        (p, x, y, d, slope))                                                                      \
  APPLY(lstm, (const ck_cell *p), (p))                                                            \
  APPLY(lstm_slope, (const ck_cell *p), (p))                                                      \
  APPLY(gru, (const ck_cell *p), (p))                                                             \
  APPLY(gru_slope, (const ck_cell *p), (p))                                                       \
  APPLY(elman, (const ck_cell *p), (p))                                                           \
  APPLY(elman_slope, (const ck_cell *p), (p))                                                     \
  APPLY(limit, (ptrdiff_t n, float factor, float limit, float *g), (n, factor, limit, g))         \
  APPLY(penalise, (ptrdiff_t n, float l1, float l2, const float *w, float *g), (n, l1, l2, w, g)) \
  APPLY(momentum,                                                                                 \
        (ptrdiff_t n, float rate, float momentum, int nesterov, const float *g, float *v,         \
         float *w),                                                                               \
        (n, rate, momentum, nesterov, g, v, w))                                                   \
  APPLY(rmsprop,                                                                                  \
        (ptrdiff_t n, float rate, float decay, float fresh, float momentum, float epsilon,        \
         const float *g, float *s, float *v, float *w),                                           \
        (n, rate, decay, fresh, momentum, epsilon, g, s, v, w))                                   \
  APPLY(adam,                                                                                     \
        (ptrdiff_t n, float rate, float b1, float new1, float b2, float new2, float root,         \
         float epsilon, float keep, const float *g, float *m, float *s, float *w),                \
        (n, rate, b1, new1, b2, new2, root, epsilon, keep, g, m, s, w))
