/* A program's own malloc stands before the C library's, which is still there by another name. */
#include "CAllocations.h"
#include <stdlib.h>

#ifdef __GLIBC__
#include <errno.h>
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static _Thread_local long blocks, bytes;

static void count(size_t size) {
  blocks += 1;
  bytes += (long)size;
}

void *malloc(size_t size) {
  count(size);
  return __libc_malloc(size);
}

void *calloc(size_t members, size_t size) {
  count(members * size);
  return __libc_calloc(members, size);
}

void *realloc(void *block, size_t size) {
  count(size);
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = aligned_alloc(alignment, size);
  return *block ? 0 : ENOMEM;
}

long ca_blocks(void) { return blocks; }
long ca_bytes(void) { return bytes; }
#else
long ca_blocks(void) { return -1; }
long ca_bytes(void) { return -1; }
#endif
