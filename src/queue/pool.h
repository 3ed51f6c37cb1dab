/* A pool of fixed flows: each tick first the m are housed, by list or by lot, then so many join. A wait is whole ticks. odd.md, queue.1. */
#ifndef WKS_QUEUE_POOL_H
#define WKS_QUEUE_POOL_H

#include "queue/queue.h"

extern const wks_queue_kind wks_pool_kind;

#endif
