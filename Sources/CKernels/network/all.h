/* The kernels of networks. */
#include "floats.h"
#include "rows.h"
#include "convolve.h"
#include "cells.h"
#include "update.h"
