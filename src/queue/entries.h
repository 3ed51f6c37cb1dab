/* The chance of a first place: each tick, other persons enter so many separate lotteries, each of them all. odd.md, queue.2. */
#ifndef WKS_QUEUE_ENTRIES_H
#define WKS_QUEUE_ENTRIES_H

#include "queue/queue.h"

extern const wks_queue_kind wks_entries_kind;

#endif
