/*
 * Kernels of neural networks: floats, row-major, the same bits on every code path.
 *
 * Each operation is an IEEE 754 one, correctly rounded; the order of every sum is said where the
 * kernel stands (network/). Rows and elements don't depend on one another unless that is the
 * kernel's purpose, so callers may cut them among threads as they like.
 */
#ifndef CKNETWORK_H
#define CKNETWORK_H

#include <stddef.h>
#include <stdint.h>

/* Activations. */
enum { CK_LINEAR, CK_RELU, CK_LEAKY_RELU, CK_SIGMOID, CK_TANH, CK_GELU };

/* By how many elements a buffer must be longer than its content: see ck_net_stretches. */
enum { CK_SLACK = 64 };

/* A product over stretches of k; see network/convolve.h. */
typedef struct {
  const float *a, *b;
  float *c;
  ptrdiff_t a_row, a_k, b_k, c_row;
  ptrdiff_t stretches, depth;
  const ptrdiff_t *a_at, *b_at;
  int first; /* whether c starts from +0 */
} ck_stretches;

/* Windows over one image, rows of pixels of channels. */
typedef struct {
  ptrdiff_t height, width, channels, out_height, out_width;
  ptrdiff_t window_y, window_x, stride_y, stride_x, pad_y, pad_x;
  int is_mean;
} ck_pool;

/* One step of a recurrent cell for some rows; see network/cells.h. */
typedef struct {
  ptrdiff_t rows, width;
  float *x, *h;
  const float *x_bias, *h_bias;
  const float *before, *c_before;
  float *state, *c;
  const float *d;
  float *c_slope, *d_before;
  const int32_t *lengths; /* of each row, or null */
  int32_t step;
  int is_relu;
} ck_cell;

void ck_net_exp(ptrdiff_t n, const float *x, float *y);
void ck_net_tanh(ptrdiff_t n, const float *x, float *y);
void ck_net_sigmoid(ptrdiff_t n, const float *x, float *y);
/* y = activation(y + bias), by row; bias may be null, and before, which keeps the argument, too. */
void ck_net_activate(int kind, float c, ptrdiff_t rows, ptrdiff_t columns, const float *bias,
                     float *y, float *before);
/* d times the activation's slope, told from its output y (of gelu: from its argument). */
void ck_net_slope(int kind, float c, ptrdiff_t n, const float *y, const float *before, float *d);
/* The sums of columns, rows in order, from +0 if first, else from what was there. */
void ck_net_column_sums(ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t x_row,
                        float *sums, int first);
void ck_net_add(ptrdiff_t n, const float *x, float *y);
void ck_net_multiply(ptrdiff_t n, const float *x, const float *factors, float *y);
void ck_net_softmax(ptrdiff_t rows, ptrdiff_t columns, float *x);
void ck_net_softmax_slope(ptrdiff_t rows, ptrdiff_t columns, const float *y, float *d);
void ck_net_column_moments(ptrdiff_t rows, ptrdiff_t columns, const float *x, float *means,
                           float *variances);
void ck_net_column_normal(ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *means,
                          const float *scales, const float *gain, const float *shift,
                          float *normal, float *y);
void ck_net_column_normal_slope(ptrdiff_t rows, ptrdiff_t columns, const float *normal,
                                const float *scales, const float *gain, const float *d,
                                float *gain_slope, float *shift_slope, float *x_slope);
void ck_net_row_normal(ptrdiff_t rows, ptrdiff_t columns, float epsilon, const float *x,
                       const float *gain, const float *shift, float *normal, float *scales,
                       float *y);
void ck_net_row_normal_slope(ptrdiff_t rows, ptrdiff_t columns, const float *normal,
                             const float *scales, const float *gain, const float *d,
                             float *x_slope);
/* m rows by n columns; b must be readable CK_SLACK elements past its end. */
void ck_net_stretches(const ck_stretches *p, ptrdiff_t m, ptrdiff_t n);
void ck_net_pool(const ck_pool *p, const float *x, float *y);
/* Adds to the slope of x, which starts as zeros. */
void ck_net_pool_slope(const ck_pool *p, const float *x, const float *y, const float *d,
                       float *slope);
void ck_net_lstm(const ck_cell *p);
void ck_net_lstm_slope(const ck_cell *p);
void ck_net_gru(const ck_cell *p);
void ck_net_gru_slope(const ck_cell *p);
void ck_net_elman(const ck_cell *p);
void ck_net_elman_slope(const ck_cell *p);
/* Steps of optimisers; see network/update.h. */
void ck_net_limit(ptrdiff_t n, float factor, float limit, float *g);
void ck_net_penalise(ptrdiff_t n, float l1, float l2, const float *w, float *g);
void ck_net_momentum(ptrdiff_t n, float rate, float momentum, int nesterov, const float *g,
                     float *v, float *w);
void ck_net_rmsprop(ptrdiff_t n, float rate, float decay, float fresh, float momentum,
                    float epsilon, const float *g, float *s, float *v, float *w);
void ck_net_adam(ptrdiff_t n, float rate, float b1, float new1, float b2, float new2, float root,
                 float epsilon, float keep, const float *g, float *m, float *s, float *w);

#endif
