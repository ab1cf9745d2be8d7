/* AArch64, whose baseline has fma and two doubles a vector. */
#if defined(__aarch64__)
#define LANES 2
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define TABLE ck_table_neon
#include "table.h"
#endif
