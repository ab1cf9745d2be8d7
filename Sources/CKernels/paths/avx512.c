/* x86-64 with AVX-512: eight doubles a vector; 24 sums, 3 columns and a factor in 32 registers. */
#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512dq,avx512bw,avx512vl"))), apply_to = function)
#define LANES 8
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define TABLE ck_table_avx512
#include "table.h"
#pragma clang attribute pop
#endif
