/* How far ahead memory is asked for, in elements: a long function leaves the processor too little
   room to run ahead itself, which halves the rate over large arrays. */
#define AHEAD 256

/* Each function over an array; the last, partial vector is filled up with ones. */
#define MAP(name)                                                                                 \
  static void map_##name(const double *x, double *y, ptrdiff_t n) {                               \
    ptrdiff_t i = 0;                                                                              \
    for (; i + LANES <= n; i += LANES) {                                                          \
      __builtin_prefetch(x + i + AHEAD);                                                          \
      __builtin_prefetch(y + i + AHEAD, 1);                                                       \
      store(y + i, v_##name(load(x + i)));                                                        \
    }                                                                                             \
    if (i < n) {                                                                                  \
      double part[LANES];                                                                         \
      store(part, REAL(1.0));                                                                     \
      memcpy(part, x + i, (size_t)(n - i) * sizeof *part);                                        \
      store(part, v_##name(load(part)));                                                          \
      memcpy(y + i, part, (size_t)(n - i) * sizeof *part);                                        \
    }                                                                                             \
  }
CK_FUNCTIONS(MAP)

/* A float goes through the double's function and is rounded once more: within 0.51 ulp. */
#if LANES == 1
typedef float Floats;
#define WIDENED(x) ((Real)(x))
#define NARROWED(x) ((Floats)(x))
#else
typedef float Floats __attribute__((ext_vector_type(LANES)));
#define WIDENED(x) __builtin_convertvector(x, Real)
#define NARROWED(x) __builtin_convertvector(x, Floats)
#endif

#define MAP_FLOAT(name)                                                                           \
  static void map_##name##_f32(const float *x, float *y, ptrdiff_t n) {                           \
    Floats part;                                                                                  \
    ptrdiff_t i = 0;                                                                              \
    for (; i + LANES <= n; i += LANES) {                                                          \
      memcpy(&part, x + i, sizeof part);                                                          \
      part = NARROWED(v_##name(WIDENED(part)));                                                   \
      memcpy(y + i, &part, sizeof part);                                                          \
    }                                                                                             \
    if (i < n) {                                                                                  \
      part = (Floats)(1.0f);                                                                      \
      memcpy(&part, x + i, (size_t)(n - i) * sizeof *x);                                          \
      part = NARROWED(v_##name(WIDENED(part)));                                                   \
      memcpy(y + i, &part, (size_t)(n - i) * sizeof *x);                                          \
    }                                                                                             \
  }
CK_FLOAT_FUNCTIONS(MAP_FLOAT)

/* Of two arrays; z may be x or y. */
#define MAP_TWO(name, expression)                                                                 \
  static void map_##name(const double *xs, const double *ys, double *z, ptrdiff_t n) {            \
    ptrdiff_t i = 0;                                                                              \
    for (; i + LANES <= n; i += LANES) {                                                          \
      Real x = load(xs + i), y = load(ys + i);                                                    \
      store(z + i, canonical(expression));                                                        \
    }                                                                                             \
    if (i < n) {                                                                                  \
      double part[2][LANES];                                                                      \
      store(part[0], REAL(1.0));                                                                  \
      store(part[1], REAL(1.0));                                                                  \
      memcpy(part[0], xs + i, (size_t)(n - i) * sizeof *xs);                                      \
      memcpy(part[1], ys + i, (size_t)(n - i) * sizeof *xs);                                      \
      Real x = load(part[0]), y = load(part[1]);                                                  \
      store(part[0], canonical(expression));                                                      \
      memcpy(z + i, part[0], (size_t)(n - i) * sizeof *xs);                                       \
    }                                                                                             \
  }
MAP_TWO(pow, v_pow(x, y))
MAP_TWO(add, x + y)
MAP_TWO(subtract, x - y)
MAP_TWO(multiply, x *y)
MAP_TWO(divide, x / y)

/* y = a x + y, one fma an element. */
static void add_scaled(double a, const double *x, double *y, ptrdiff_t n) {
  ptrdiff_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    store(y + i, canonical(FMA(REAL(a), load(x + i), load(y + i))));
  }
  for (; i < n; i++) {
    double sum = __builtin_fma(a, x[i], y[i]);
    y[i] = sum != sum ? __builtin_nan("") : sum;
  }
}

/* y = a x. */
static void scale(double a, const double *x, double *y, ptrdiff_t n) {
  ptrdiff_t i = 0;
  for (; i + LANES <= n; i += LANES) store(y + i, canonical(load(x + i) * a));
  for (; i < n; i++) {
    double product = a * x[i];
    y[i] = product != product ? __builtin_nan("") : product;
  }
}
