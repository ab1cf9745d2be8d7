/* The kernels of networks, by the current path. */
#include "../kernels.h"

#define ENTRY(name, parameters, arguments)                                                        \
  void ck_net_##name parameters { ck_current_table()->net_##name arguments; }
CK_NETWORK(ENTRY)
