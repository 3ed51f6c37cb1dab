#include "cli/branching.h"

#include <sys/resource.h>

#include "base/log.h"
#include "output/tables.h"
#include "study/branch.h"

/* How many scenarios may have their files open at once beside those of a trunk. */
static int32_t most_open(int threads)
{
    enum { FILES_OF_PART = WKS_TABLES_N + 2, FILES_OF_PROGRAM = 64 };
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur < limit.rlim_max) { /* what the system allows anyway */
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
        if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    }
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > 1000000) limit.rlim_cur = 1000000;
    const int64_t n = ((int64_t)limit.rlim_cur - FILES_OF_PROGRAM) / FILES_OF_PART / threads - 1;
    return n < 0 ? 0 : (int32_t)n;
}

void wks_branching_plan(wks_comparison *all, const wks_options *options)
{
    int32_t left = options->unbranched ? 0 : most_open(options->threads);

    for (int32_t i = 0; i < all->n && left > 0; i++) {
        const int32_t first = i - i % all->n_scenarios; /* the reference under the same theory */
        if (i == first || all->population_of[i] != all->population_of[first]) continue;
        const int32_t ticks = wks_branch_shared_ticks(&all->load[first].scenario, &all->load[i].scenario);
        if (ticks <= 0) continue;
        all->member[i].trunk = &all->member[first];
        all->member[i].shared_ticks = ticks;
        left--;
        wks_log_say(WKS_LOG_INFO, "%s shares the first %d of %d months with %s: they are run once", all->part[i], ticks,
                    all->load[i].scenario.n_ticks, all->part[first]);
    }
}
