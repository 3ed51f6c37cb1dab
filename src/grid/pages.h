/* Large arrays that are read at random. */
#ifndef WKS_GRID_PAGES_H
#define WKS_GRID_PAGES_H

#include <stddef.h>

/** As wks_mem_array, on pages of 2 MiB where the system gives them, and with room of at least 8 bytes behind the last element. All of it is written once, so that the
 *  system gives the pages now and not in the midst of a tick. Free with free(). */
void *wks_pages_array(size_t n, size_t size);
/** The same of which only the first n_now elements are written; the others are not zeroed, and not there until somebody writes them. */
void *wks_pages_some(size_t n, size_t size, size_t n_now);

#endif
