/* The functions of single numbers; the including file defines LANES as 1, and SCALARS. */
#include "../kernels.h"
#include "../lanes.h"
#include "../elementary/all.h"

#define SINGLE(name) \
  static double single_##name(double x) { return v_##name(x); }
CK_FUNCTIONS(SINGLE)
SINGLE(lgamma)
static double single_pow(double x, double y) { return v_pow(x, y); }

const ck_scalar_table SCALARS = {
#define MEMBER(name) .name = single_##name,
    CK_FUNCTIONS(MEMBER)
    MEMBER(lgamma)
    MEMBER(pow)
#undef MEMBER
};
