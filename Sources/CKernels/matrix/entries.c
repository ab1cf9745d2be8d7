/* Matrix products: strides from transposes, and memory for packed blocks. */
#include "../kernels.h"
#include <pthread.h>
#include <stdlib.h>

/* Packed blocks of A and B; one pair a thread, kept for its life, since fresh pages cost more than
   a small product. */
static pthread_key_t space_key;
static pthread_once_t space_once = PTHREAD_ONCE_INIT;
static void make_key(void) { pthread_key_create(&space_key, free); }

enum { A_BLOCK = CK_BLOCK_ROWS * CK_BLOCK_DEPTH, B_BLOCK = CK_BLOCK_COLUMNS * CK_BLOCK_DEPTH };

/* B's last panel is filled up to whole vectors, so it has room for one more. */
static double *packing_space(void) {
  pthread_once(&space_once, make_key);
  double *space = pthread_getspecific(space_key);
  if (space == NULL) {
    size_t bytes = sizeof(double) * (A_BLOCK + B_BLOCK + 64 * CK_BLOCK_DEPTH);
    space = aligned_alloc(64, bytes);
    if (space == NULL) abort();
    pthread_setspecific(space_key, space);
  }
  return space;
}

#define PRODUCT_ENTRY(name, Element, Product, path_product)                                       \
  static void name##_strided(Product *p, ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth) {             \
    if (m <= 0 || n <= 0) return;                                                                 \
    Element *space = (Element *)packing_space(), *sums = NULL;                                    \
    p->partial = p->c;                                                                            \
    p->partial_row = p->c_row;                                                                    \
    if (p->beta != 0 && depth > CK_BLOCK_DEPTH) {                                                 \
      sums = malloc((size_t)m * (size_t)n * sizeof(Element));                                     \
      if (sums == NULL) abort();                                                                  \
      p->partial = sums;                                                                          \
      p->partial_row = n;                                                                         \
    }                                                                                             \
    ck_current_table()->path_product(p, m, n, depth, space, space + A_BLOCK);                     \
    free(sums);                                                                                   \
  }                                                                                               \
  void name(int a_transposed, int b_transposed, ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth,        \
            Element alpha, const Element *a, ptrdiff_t a_row, const Element *b, ptrdiff_t b_row,  \
            Element beta, Element *c, ptrdiff_t c_row) {                                          \
    Product p = {.a = a, .b = b, .c = c, .c_row = c_row, .alpha = alpha, .beta = beta};           \
    p.a_row = a_transposed ? 1 : a_row;                                                           \
    p.a_k = a_transposed ? a_row : 1;                                                             \
    p.b_column = b_transposed ? b_row : 1;                                                        \
    p.b_k = b_transposed ? 1 : b_row;                                                             \
    name##_strided(&p, m, n, depth);                                                              \
  }
PRODUCT_ENTRY(ck_product, double, ck_product_f64, product_f64)
PRODUCT_ENTRY(ck_product_float, float, ck_product_f32, product_f32)

void ck_weighted_gram(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                      const double *weights, double *c, ptrdiff_t c_row) {
  ck_product_f64 p = {.a = a, .b = a, .c = c, .c_row = c_row, .alpha = 1, .lower = 1};
  p.weights = weights;
  p.a_row = 1;
  p.a_k = a_row;
  p.b_column = 1;
  p.b_k = a_row;
  ck_product_strided(&p, columns, columns, rows);
  for (ptrdiff_t i = 0; i < columns; i++) {
    for (ptrdiff_t j = i + 1; j < columns; j++) c[i * c_row + j] = c[j * c_row + i];
  }
}

void ck_matrix_times_vector(int transposed, ptrdiff_t rows, ptrdiff_t columns, double alpha,
                            const double *a, ptrdiff_t a_row, const double *x, double beta,
                            double *y) {
  const ck_path_table *table = ck_current_table();
  if (transposed) {
    table->columns_times(rows, columns, alpha, a, a_row, x, beta, y);
  } else {
    table->rows_times(rows, columns, alpha, a, a_row, x, beta, y);
  }
}

void ck_centred(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                const double *centers, int ones, double *b, ptrdiff_t b_row) {
  ck_current_table()->centred(rows, columns, a, a_row, centers, ones, b, b_row);
}

void ck_column_moments(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                       const double *weights, const double *centers, const double *like,
                       double *sums) {
  ck_current_table()->column_moments(rows, columns, a, a_row, weights, centers, like, sums);
}

void ck_rank_one_update(ptrdiff_t rows, ptrdiff_t columns, double alpha, const double *x,
                        const double *y, double *a, ptrdiff_t a_row) {
  const ck_path_table *table = ck_current_table();
  for (ptrdiff_t i = 0; i < rows; i++) table->add_scaled(alpha * x[i], y, a + i * a_row, columns);
}

void ck_pairs(int kind, double power, ptrdiff_t m, ptrdiff_t panels, ptrdiff_t depth,
              const double *a, ptrdiff_t a_row, const double *b, double *c, ptrdiff_t c_row) {
  const ck_path_table *table = ck_current_table();
  const ck_pairs_function functions[] = {
#define MEMBER(name) table->pairs_##name,
      CK_PAIRS(MEMBER)
#undef MEMBER
  };
  functions[kind](m, panels, depth, power, a, a_row, b, c, c_row);
}

void ck_pack_points(ptrdiff_t n, ptrdiff_t depth, const double *a, ptrdiff_t a_row, double *b) {
  for (ptrdiff_t j = 0; j < n; j += CK_PANEL) {
    double *panel = b + j * depth;
    for (ptrdiff_t k = 0; k < depth; k++) {
      for (ptrdiff_t l = 0; l < CK_PANEL; l++) {
        panel[k * CK_PANEL + l] = j + l < n ? a[(j + l) * a_row + k] : 0;
      }
    }
  }
}

void ck_nearest(ptrdiff_t m, ptrdiff_t count, const double *distances, ptrdiff_t row,
                int64_t *places, double *best, double *second) {
  ck_current_table()->nearest_points(m, count, distances, row, places, best, second);
}

void ck_add_groups(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                   const int32_t *groups, const double *weights, double *sums) {
  ck_current_table()->add_groups(rows, columns, a, a_row, groups, weights, sums);
}
