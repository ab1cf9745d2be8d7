/* Plain C: fma is a call where the baseline instruction set has none. */
#define LANES 1
#define SCALARS ck_scalars_plain
#include "scalars.h"
