/* Dwellings, arrivals and stays in continuous time: M/M/c, with priority and with impatience. Events in order of time. odd.md, queue.3. */
#ifndef WKS_QUEUE_SERVICE_H
#define WKS_QUEUE_SERVICE_H

#include "queue/queue.h"

extern const wks_queue_kind wks_service_kind;

#endif
