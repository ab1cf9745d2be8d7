/* Plain C, one element at a time: the reference that every other path must equal. */
#define LANES 1
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define TABLE ck_table_plain
#include "table.h"
