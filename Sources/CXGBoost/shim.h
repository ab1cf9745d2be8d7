// libxgboost's C interface, opened at the first call.
//
// A program that is linked with the library loads it, and the libraries that it needs, before its
// first instruction: a quarter of the time in which `check` is done, which never calls it. So the
// functions in use are declared by the library's own header under other names, and their proper
// names are taken by functions that find them at run time.

#include <dlfcn.h>

#define XGBGetLastError linked_XGBGetLastError
#define XGBoostVersion linked_XGBoostVersion
#define XGBRegisterLogCallback linked_XGBRegisterLogCallback
#define XGBoosterCreate linked_XGBoosterCreate
#define XGBoosterDumpModelEx linked_XGBoosterDumpModelEx
#define XGBoosterEvalOneIter linked_XGBoosterEvalOneIter
#define XGBoosterFeatureScore linked_XGBoosterFeatureScore
#define XGBoosterFree linked_XGBoosterFree
#define XGBoosterLoadModelFromBuffer linked_XGBoosterLoadModelFromBuffer
#define XGBoosterPredictFromDMatrix linked_XGBoosterPredictFromDMatrix
#define XGBoosterSaveJsonConfig linked_XGBoosterSaveJsonConfig
#define XGBoosterSaveModelToBuffer linked_XGBoosterSaveModelToBuffer
#define XGBoosterSetParam linked_XGBoosterSetParam
#define XGBoosterSlice linked_XGBoosterSlice
#define XGBoosterUpdateOneIter linked_XGBoosterUpdateOneIter
#define XGDMatrixFree linked_XGDMatrixFree
#define XGDMatrixSetFloatInfo linked_XGDMatrixSetFloatInfo
#define XGDMatrixSetUIntInfo linked_XGDMatrixSetUIntInfo
#define XGDMatrixCreateFromDense linked_XGDMatrixCreateFromDense
#define XGDMatrixCreateFromCSR linked_XGDMatrixCreateFromCSR
#include <xgboost/c_api.h>
#undef XGBGetLastError
#undef XGBoostVersion
#undef XGBRegisterLogCallback
#undef XGBoosterCreate
#undef XGBoosterDumpModelEx
#undef XGBoosterEvalOneIter
#undef XGBoosterFeatureScore
#undef XGBoosterFree
#undef XGBoosterLoadModelFromBuffer
#undef XGBoosterPredictFromDMatrix
#undef XGBoosterSaveJsonConfig
#undef XGBoosterSaveModelToBuffer
#undef XGBoosterSetParam
#undef XGBoosterSlice
#undef XGBoosterUpdateOneIter
#undef XGDMatrixFree
#undef XGDMatrixSetFloatInfo
#undef XGDMatrixCreateFromCSR
#undef XGDMatrixCreateFromDense
#undef XGDMatrixSetUIntInfo

static inline void *xgboost_function(const char *name) {
  static void *library;
  // Two threads may both open it: the system counts, and gives both the same.
  void *opened = __atomic_load_n(&library, __ATOMIC_ACQUIRE);
  if (!opened) opened = dlopen("libxgboost.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!opened) opened = dlopen("libxgboost.so", RTLD_NOW | RTLD_LOCAL);
  if (!opened) opened = dlopen("libxgboost.dylib", RTLD_NOW | RTLD_LOCAL);
  __atomic_store_n(&library, opened, __ATOMIC_RELEASE);
  return opened ? dlsym(opened, name) : 0;
}

// Calls the library's function; `otherwise` is the result where there is none.
#define DEFERRED(result, name, parameters, arguments, otherwise)                    \
  static inline result name parameters {                                            \
    __typeof__(&linked_##name) function =                                           \
        (__typeof__(&linked_##name))xgboost_function(#name);                        \
    return function ? function arguments : otherwise;                               \
  }

DEFERRED(const char *, XGBGetLastError, (void), (),
         "libxgboost is not installed, or lacks a function that is needed")
DEFERRED(int, XGBRegisterLogCallback, (void (*callback)(const char *)), (callback), -1)
DEFERRED(int, XGBoosterCreate, (const DMatrixHandle matrices[], bst_ulong count, BoosterHandle
         *out), (matrices, count, out), -1)
DEFERRED(int, XGBoosterDumpModelEx, (BoosterHandle booster, const char *map, int statistics,
         const char *format, bst_ulong *count, const char ***out), (booster, map, statistics,
         format, count, out), -1)
DEFERRED(int, XGBoosterEvalOneIter, (BoosterHandle booster, int round, DMatrixHandle
         matrices[], const char *names[], bst_ulong count, const char **out), (booster, round,
         matrices, names, count, out), -1)
DEFERRED(int, XGBoosterFeatureScore, (BoosterHandle booster, const char *config, bst_ulong
         *features, const char ***names, bst_ulong *dimension, const bst_ulong **shape, const
         float **scores), (booster, config, features, names, dimension, shape, scores), -1)
DEFERRED(int, XGBoosterFree, (BoosterHandle booster), (booster), -1)
DEFERRED(int, XGBoosterLoadModelFromBuffer, (BoosterHandle booster, const void *bytes, bst_ulong
         count), (booster, bytes, count), -1)
DEFERRED(int, XGBoosterPredictFromDMatrix, (BoosterHandle booster, DMatrixHandle matrix, const
         char *config, const bst_ulong **shape, bst_ulong *dimension, const float **out),
         (booster, matrix, config, shape, dimension, out), -1)
DEFERRED(int, XGBoosterSaveJsonConfig, (BoosterHandle booster, bst_ulong *count, const char
         **out), (booster, count, out), -1)
DEFERRED(int, XGBoosterSaveModelToBuffer, (BoosterHandle booster, const char *config, bst_ulong
         *count, const char **out), (booster, config, count, out), -1)
DEFERRED(int, XGBoosterSetParam, (BoosterHandle booster, const char *name, const char *value),
         (booster, name, value), -1)
DEFERRED(int, XGBoosterSlice, (BoosterHandle booster, int begin, int end, int step,
         BoosterHandle *out), (booster, begin, end, step, out), -1)
DEFERRED(int, XGBoosterUpdateOneIter, (BoosterHandle booster, int round, DMatrixHandle matrix),
         (booster, round, matrix), -1)
DEFERRED(int, XGDMatrixCreateFromCSR, (const char *starts, const char *columns, const char
         *values, bst_ulong width, const char *config, DMatrixHandle *out), (starts, columns, values,
         width, config, out), -1)
DEFERRED(int, XGDMatrixCreateFromDense, (const char *values, const char *config, DMatrixHandle
         *out), (values, config, out), -1)
DEFERRED(int, XGDMatrixFree, (DMatrixHandle matrix), (matrix), -1)
DEFERRED(int, XGDMatrixSetFloatInfo, (DMatrixHandle matrix, const char *field, const float
         *values, bst_ulong count), (matrix, field, values, count), -1)
DEFERRED(int, XGDMatrixSetUIntInfo, (DMatrixHandle matrix, const char *field, const unsigned
         *values, bst_ulong count), (matrix, field, values, count), -1)

static inline void XGBoostVersion(int *major, int *minor, int *patch) {
  __typeof__(&linked_XGBoostVersion) function =
      (__typeof__(&linked_XGBoostVersion))xgboost_function("XGBoostVersion");
  if (function) function(major, minor, patch);
}

#undef DEFERRED
