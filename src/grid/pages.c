#include "grid/pages.h"

#include <stdint.h>

#include "base/mem.h"
#ifdef __linux__
#include <sys/mman.h>
#endif

void *wks_pages_array(size_t n, size_t size)
{
    static const uintptr_t page = (uintptr_t)2 << 20;
    char *out = wks_mem_array(n + 8, size);

#ifdef MADV_HUGEPAGE
    if (out == NULL || n * size < 2 * page) return out;
    char *begin = out + (page - (uintptr_t)out % page) % page;
    (void)madvise(begin, (size_t)(out + n * size - begin) / page * page, MADV_HUGEPAGE); /* advice only: without it the same, slower */
#endif
    return out;
}
