/* Counts what a thread asks of the C library's allocator; for tests. */
#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

/* How many blocks, and how many bytes, the calling thread has asked for since it began; -1 where
   the C library can't be listened to. */
long ca_blocks(void);
long ca_bytes(void);

#endif
