/* x86-64 with AVX2 and FMA: four doubles a vector; 12 sums, 2 columns and a factor in 16
   registers. */
#if defined(__x86_64__)
#include <stdint.h>
#include <string.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 4
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define TABLE ck_table_avx2
#include "table.h"
#pragma clang attribute pop
#endif
