/* Everything one code path has; the including file defines LANES, the shape of tiles and TABLE. */
#include "../kernels.h"
#include "../lanes.h"
#include "../elementary/all.h"
#include "../arrays/map.h"
#include "../arrays/reduce.h"

#define ELEMENT double
#define WIDTH LANES
#define VECTOR Real
#define PRODUCT ck_product_f64
#define NAME(x) f64_##x
#include "../matrix/product.h"

#define ELEMENT float
#if LANES == 1
#define WIDTH 1
typedef float FloatVector;
#else
#define WIDTH (2 * LANES)
typedef float FloatVector __attribute__((ext_vector_type(WIDTH)));
#endif
#define VECTOR FloatVector
#define PRODUCT ck_product_f32
#define NAME(x) f32_##x
#include "../matrix/product.h"

#include "../matrix/vector.h"
#include "../matrix/pairs.h"
#include "../network/all.h"

const ck_path_table TABLE = {
#define MEMBER(name) .name = map_##name,
    CK_FUNCTIONS(MEMBER) CK_PAIRED_FUNCTIONS(MEMBER)
#undef MEMBER
#define MEMBER(name) .name##_f32 = map_##name##_f32,
    CK_FLOAT_FUNCTIONS(MEMBER)
#undef MEMBER
#define MEMBER(name) .name = block_##name,
    CK_SUMS(MEMBER)
#undef MEMBER
    .precise_sum = block_precise_sum,
    .largest_rank = largest_rank,
    .add_scaled = add_scaled,
    .scale = scale,
    .product_f64 = f64_product,
    .product_f32 = f32_product,
    .rows_times = rows_times,
    .columns_times = columns_times,
    .centred = centred,
    .column_moments = column_moments,
    .nearest_points = nearest_points,
    .add_groups = add_groups,
#define MEMBER(name) .pairs_##name = pairs_##name,
    CK_PAIRS(MEMBER)
#undef MEMBER
#define MEMBER(name, parameters, arguments) .net_##name = net_##name,
    CK_NETWORK(MEMBER)
#undef MEMBER
};
