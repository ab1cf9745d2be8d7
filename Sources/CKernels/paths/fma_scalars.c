/* Single numbers on x86-64 with hardware fma. */
#if defined(__x86_64__)
#include <stdint.h>
#include <string.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 1
#define SCALARS ck_scalars_fma
#include "scalars.h"
#pragma clang attribute pop
#endif
