/* Memory: arrays with overflow-checked sizes, growth by half, and a hook that lets tests fail the n-th allocation. */
#ifndef WKS_BASE_MEM_H
#define WKS_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Zeroed array of n elements; NULL when there is no memory or n*size overflows. n = 0 gives a valid pointer. Free with free(). */
void *wks_mem_array(size_t n, size_t size);

/** As wks_mem_array, not zeroed, its bytes rounded up to whole pages and beginning at one; `page` is a power of two. */
void *wks_mem_pages(size_t n, size_t size, size_t page);

/** Resizes to n elements; the new tail is zeroed (old_n tells where it starts). NULL on failure: the old array stays valid. */
void *wks_mem_resize(void *array, size_t old_n, size_t n, size_t size);

/** Copy of n bytes / of a string; NULL when there is no memory. */
void *wks_mem_copy(const void *source, size_t n_bytes);
char *wks_mem_string(const char *text);

/** Next capacity for at least `needed` elements: grows by half, at least 16. */
size_t wks_mem_capacity(size_t current, size_t needed);

/** Tests only: the n-th allocation from now on (1 = the next) returns NULL, once; 0 switches the hook off. Not thread safe. */
void wks_mem_fail_after(int64_t n);
/** Tests only: true while the allocation asked to fail has not come yet. */
bool wks_mem_fail_pending(void);

/** Gives pages that nothing uses back to the system, those of threads that ended too; where the C library can. */
void wks_mem_give_back(void);

/** Peak resident set of this process in MiB (0 if unknown). */
double wks_mem_peak_rss_mib(void);
/** The memory it holds now, in MiB; 0 when that cannot be known. */
double wks_mem_rss_mib(void);

#endif
