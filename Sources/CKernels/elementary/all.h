#include "../tables/erf_table.h"
#include "../tables/log_table.h"
#include "../tables/polynomials.h"

#include "exp.h"
#include "log.h"
#include "trigonometric.h"
#include "inverse.h"
#include "erf.h"
#include "pow.h"
#if LANES == 1
#include "../tables/lgamma_table.h"
#include "lgamma.h"
#endif
