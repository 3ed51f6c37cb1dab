/* A flag that a signal handler or any thread raises and all threads look at: the wish to stop in good order. */
#ifndef WKS_BASE_STOP_H
#define WKS_BASE_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct wks_stop {
    atomic_int raised; /* lock-free: a signal handler may set it */
} wks_stop;

static inline void wks_stop_raise(wks_stop *stop)
{
    atomic_store_explicit(&stop->raised, 1, memory_order_relaxed);
}

static inline void wks_stop_lower(wks_stop *stop)
{
    atomic_store_explicit(&stop->raised, 0, memory_order_relaxed);
}

/** NULL is never raised. */
static inline bool wks_stop_is_raised(wks_stop *stop)
{
    return stop != NULL && atomic_load_explicit(&stop->raised, memory_order_relaxed) != 0;
}

#endif
