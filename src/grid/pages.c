#include "grid/pages.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#ifdef __linux__
#include <sys/mman.h>
#endif

enum { PAGE = 2 << 20, LEAST = 1 << 19, ROOM = 8 }; /* below so many bytes a page of 2 MiB would be mostly empty */

void *wks_pages_some(size_t n, size_t size, size_t n_now)
{
#ifdef MADV_HUGEPAGE
    if (n >= LEAST / size && n < SIZE_MAX / size - ROOM) {
        char *out = wks_mem_pages(n + ROOM, size, PAGE);
        if (out == NULL) return NULL;
        (void)madvise(out, ((n + ROOM) * size + PAGE - 1) / PAGE * PAGE, MADV_HUGEPAGE); /* advice only: without it the same, slower */
        memset(out, 0, n_now * size);
        return out;
    }
#endif
    char *out = wks_mem_array(n + ROOM, size);
    if (out != NULL) memset(out, 0, n_now * size); /* also where it is zero: written pages are there */
    return out;
}

void *wks_pages_array(size_t n, size_t size)
{
    return n < SIZE_MAX - ROOM ? wks_pages_some(n, size, n + ROOM) : NULL;
}
