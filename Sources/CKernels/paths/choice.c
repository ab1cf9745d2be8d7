/* Which code path runs: the widest that the processor has, unless one is asked for. */
#include "../kernels.h"
#include <stdatomic.h>

static atomic_int process_path = -1;
static _Thread_local int thread_path = -1;

int ck_path_available(int path) {
  switch (path) {
  case CK_PATH_PLAIN:
    return 1;
#if defined(__x86_64__)
  case CK_PATH_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case CK_PATH_AVX512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("fma");
#elif defined(__aarch64__)
  case CK_PATH_NEON:
    return 1;
#endif
  default:
    return 0;
  }
}

static int widest(void) {
  for (int path = CK_PATH_NEON; path > CK_PATH_PLAIN; path--) {
    if (ck_path_available(path)) return path;
  }
  return CK_PATH_PLAIN;
}

int ck_path(void) {
  if (thread_path >= 0) return thread_path;
  int path = atomic_load_explicit(&process_path, memory_order_relaxed);
  if (path >= 0) return path;
  path = widest();
  atomic_store_explicit(&process_path, path, memory_order_relaxed);
  return path;
}

int ck_set_path(int path) {
  if (!ck_path_available(path)) return 0;
  atomic_store_explicit(&process_path, path, memory_order_relaxed);
  return 1;
}

int ck_set_thread_path(int path) {
  int before = thread_path;
  if (path < 0 || ck_path_available(path)) thread_path = path;
  return before;
}

const ck_path_table *ck_current_table(void) {
  switch (ck_path()) {
#if defined(__x86_64__)
  case CK_PATH_AVX2:
    return &ck_table_avx2;
  case CK_PATH_AVX512:
    return &ck_table_avx512;
#elif defined(__aarch64__)
  case CK_PATH_NEON:
    return &ck_table_neon;
#endif
  default:
    return &ck_table_plain;
  }
}

const ck_scalar_table *ck_current_scalars(void) {
#if defined(__x86_64__)
  if (ck_path() != CK_PATH_PLAIN) return &ck_scalars_fma;
#endif
  return &ck_scalars_plain;
}
