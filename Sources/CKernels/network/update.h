/* The steps of optimisers, element by element; w are the weights, g their slopes. */

/* g *= factor, then within ±limit where that is above 0. */
static void net_limit(ptrdiff_t n, float factor, float limit, float *g) {
  EACH(n, {
    F x = take(g + i, count) * factor;
    put(g + i, limit > 0 ? f_clamped(x, -limit, limit) : x, count);
  })
}

/* g += l2 w + l1 sign(w). */
static void net_penalise(ptrdiff_t n, float l1, float l2, const float *w, float *g) {
  EACH(n, {
    F x = take(w + i, count);
    F side = SELECT(FMASK(x > 0.0f), FLOAT(1), SELECT(FMASK(x < 0.0f), FLOAT(-1), FLOAT(0)));
    put(g + i, F_FMA(x, FLOAT(l2), F_FMA(side, FLOAT(l1), take(g + i, count))), count);
  })
}

/* v = momentum v + g; w -= rate v, or rate (g + momentum v) looking ahead (Nesterov, 1983, as in
   Sutskever et al., 2013). */
static void net_momentum(ptrdiff_t n, float rate, float momentum, int nesterov, const float *g,
                         float *v, float *w) {
  EACH(n, {
    F slope = take(g + i, count), step = slope;
    if (momentum != 0) {
      F speed = F_FMA(FLOAT(momentum), take(v + i, count), slope);
      put(v + i, speed, count);
      step = nesterov ? F_FMA(FLOAT(momentum), speed, slope) : speed;
    }
    put(w + i, F_FMA(FLOAT(-rate), step, take(w + i, count)), count);
  })
}

/* s = decay s + fresh g^2, fresh being 1 - decay; v = momentum v + g / (sqrt(s) + epsilon); w -= rate v (Hinton's
   lecture 6e, 2012). */
static void net_rmsprop(ptrdiff_t n, float rate, float decay, float fresh, float momentum,
                        float epsilon, const float *g, float *s, float *v, float *w) {
  EACH(n, {
    F slope = take(g + i, count);
    F square = F_FMA(FLOAT(decay), take(s + i, count), fresh * slope * slope);
    put(s + i, square, count);
    F step = slope / (f_root(square) + epsilon);
    if (momentum != 0) {
      step = F_FMA(FLOAT(momentum), take(v + i, count), step);
      put(v + i, step, count);
    }
    put(w + i, F_FMA(FLOAT(-rate), step, take(w + i, count)), count);
  })
}

/* m = b1 m + (1 - b1) g; s = b2 s + (1 - b2) g^2; w = keep w - rate m / (sqrt(s) root + epsilon),
   rate and root with the corrections of the bias in them (Kingma and Ba, 2015, algorithm 1); new1 is
   1 - b1 and new2 1 - b2, each rounded once, which of b2 near 1 a difference of floats is not; keep
   below 1 decays the weights apart from the slope (Loshchilov and Hutter, 2019, algorithm 2). */
static void net_adam(ptrdiff_t n, float rate, float b1, float new1, float b2, float new2,
                     float root, float epsilon, float keep, const float *g, float *m, float *s,
                     float *w) {
  EACH(n, {
    F slope = take(g + i, count);
    F mean = F_FMA(FLOAT(b1), take(m + i, count), new1 * slope);
    F square = F_FMA(FLOAT(b2), take(s + i, count), new2 * slope * slope);
    put(m + i, mean, count);
    put(s + i, square, count);
    F step = mean / F_FMA(f_root(square), FLOAT(root), FLOAT(epsilon));
    put(w + i, F_FMA(FLOAT(-rate), step, take(w + i, count) * keep), count);
  })
}
