#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

enum { MEM_SMALLEST_CAPACITY = 16 };
/* From here on the pages of a new tail are given back: the system hands them out again as zeros, and they cost no memory until they are used. */
static const size_t MEM_LARGE = (size_t)256 << 10;

/* Allocations left until the one that fails; 0: no failure is asked. Written only while a test has the hook on. */
static int64_t mem_countdown = 0;

static bool must_fail(void)
{
    if (mem_countdown == 0) return false;
    mem_countdown--;
    return mem_countdown == 0;
}

void *wks_mem_array(size_t n, size_t size)
{
    if (must_fail()) return NULL;
    size_t bytes = 0;
    if (__builtin_mul_overflow(n, size, &bytes)) return NULL; /* calloc would see it too, but sanitizers stop there */
    return calloc(1, bytes == 0 ? 1 : bytes);
}

void *wks_mem_pages(size_t n, size_t size, size_t page)
{
    if (must_fail()) return NULL;
    size_t bytes = 0;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX - page) return NULL;
    return aligned_alloc(page, bytes == 0 ? page : (bytes + page - 1) / page * page);
}

/* Zeros in [at, at + n) of a block of malloc. Pages of it that nobody wrote since are not written here either. */
static void zero(char *at, size_t n)
{
#ifdef __linux__
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), before = (page - (size_t)((uintptr_t)at % page)) % page;

    if (n >= MEM_LARGE && before < n) {
        const size_t whole = (n - before) / page * page;
        if (madvise(at + before, whole, MADV_DONTNEED) == 0) { /* refused where memory is locked */
            memset(at, 0, before);
            memset(at + before + whole, 0, n - before - whole);
            return;
        }
    }
#endif
    memset(at, 0, n);
}

void *wks_mem_resize(void *array, size_t old_n, size_t n, size_t size)
{
    if (must_fail()) return NULL;
    size_t bytes = 0;
    if (__builtin_mul_overflow(n, size, &bytes)) return NULL;
    if (array == NULL) return calloc(1, bytes == 0 ? 1 : bytes);
    char *out = realloc(array, bytes == 0 ? 1 : bytes); /* large blocks of glibc are moved by page tables, not copied */
    if (out != NULL && n > old_n) zero(out + old_n * size, (n - old_n) * size);
    return out;
}

void *wks_mem_copy(const void *source, size_t n_bytes)
{
    if (must_fail()) return NULL;
    void *out = malloc(n_bytes == 0 ? 1 : n_bytes);
    if (out != NULL && n_bytes > 0) memcpy(out, source, n_bytes);
    return out;
}

char *wks_mem_string(const char *text)
{
    return wks_mem_copy(text, strlen(text) + 1);
}

size_t wks_mem_capacity(size_t current, size_t needed)
{
    size_t grown = current + current / 2;
    if (grown < current) grown = needed; /* overflow: the allocation itself will refuse */
    if (grown < MEM_SMALLEST_CAPACITY) grown = MEM_SMALLEST_CAPACITY;
    return grown < needed ? needed : grown;
}

void wks_mem_fail_after(int64_t n)
{
    mem_countdown = n;
}

bool wks_mem_fail_pending(void)
{
    return mem_countdown > 0;
}

void wks_mem_give_back(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

/* Of a line of /proc/self/status, in MiB. */
static double status_mib(const char *key)
{
    /* Not getrusage: its maximum survives exec, so a small program started by a large one would report the large one. */
    double kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    if (status == NULL) return 0;
    char line[256];
    while (fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, key, strlen(key)) == 0) {
            kib = (double)strtoll(line + strlen(key), NULL, 10);
            break;
        }
    }
    (void)fclose(status);
    return kib / 1024.0;
}

double wks_mem_peak_rss_mib(void)
{
    return status_mib("VmHWM:");
}

double wks_mem_rss_mib(void)
{
    return status_mib("VmRSS:");
}
