#include "base/machine.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/par.h"

enum { PATH_SIZE = 4096, LINE_SIZE = 4352 };
static const double mib = 1048576;

static void tighten(wks_machine_limit *limit, double value, const char *source)
{
    if (value < limit->value) *limit = (wks_machine_limit){value < 0 ? 0 : value, source};
}

static FILE *open_under(const char *root, const char *folder, const char *name)
{
    char path[PATH_SIZE];
    const int n = snprintf(path, sizeof path, "%s%s/%s", root, folder, name);
    return n > 0 && n < (int)sizeof path ? fopen(path, "r") : NULL;
}

/* The number behind `key` at the start of a line (key "": the first number of the file). NaN when there is none: no file, no key, "max". */
static double number_in(const char *root, const char *folder, const char *name, const char *key)
{
    char line[LINE_SIZE];
    double found = NAN;
    const size_t n = strlen(key);
    FILE *file = open_under(root, folder, name);

    if (file == NULL) return NAN;
    while (isnan(found) && fgets(line, sizeof line, file) != NULL) {
        char *end = NULL;
        if (strncmp(line, key, n) != 0) continue;
        const long long value = strtoll(line + n, &end, 10);
        if (end != line + n) found = (double)value;
        if (n == 0) break;
    }
    (void)fclose(file);
    return found;
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

/* ---- control groups ---- */

/* How the two versions name things. */
typedef struct wks_machine_group {
    const char *controller; /* in /proc/self/cgroup; "" for version 2 */
    const char *mount;
    const char *limit, *usage, *cache; /* memory: files, and the line of memory.stat */
} group_kind;

static const group_kind memory_kind[] = {
    {"", "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file "},
    {"", "/sys/fs/cgroup/unified", "memory.max", "memory.current", "inactive_file "},
    {"memory", "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "},
};
static const group_kind cpu_kind[] = {
    {"", "/sys/fs/cgroup", NULL, NULL, NULL},
    {"", "/sys/fs/cgroup/unified", NULL, NULL, NULL},
    {"cpu", "/sys/fs/cgroup/cpu", NULL, NULL, NULL},
    {"cpu", "/sys/fs/cgroup/cpu,cpuacct", NULL, NULL, NULL},
};

static bool has_controller(const char *list, const char *name)
{
    const size_t n = strlen(name);
    for (const char *at = list; *at != '\0'; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        if (strcspn(at, ",") == n && strncmp(at, name, n) == 0) return true;
    }
    return n == 0 && *list == '\0';
}

/* Path of the process in the hierarchy of a controller; "/" when the file does not say. */
static void group_of(const char *root, const char *controller, char *out)
{
    char line[LINE_SIZE];
    FILE *file = open_under(root, "/proc/self", "cgroup");

    out[0] = '/';
    out[1] = '\0';
    while (file != NULL && fgets(line, sizeof line, file) != NULL) { /* 4:memory:/a/b */
        char *list = strchr(line, ':');
        char *path = list == NULL ? NULL : strchr(list + 1, ':');
        if (path == NULL) continue;
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        if (strlen(path) >= PATH_SIZE || !has_controller(list + 1, controller)) continue;
        memcpy(out, path, strlen(path) + 1);
        break;
    }
    if (file != NULL) (void)fclose(file);
}

typedef void visit_group(const char *root, const char *folder, const group_kind *kind, wks_machine_limit *limit);

/* The group of the process and all above it; inside a container the path may be that of the host, then only the root is there. */
static void visit_groups(const char *root, const group_kind *kind, size_t n, visit_group *visit, wks_machine_limit *limit)
{
    char path[PATH_SIZE], folder[2 * PATH_SIZE];

    for (size_t i = 0; i < n; i++) {
        group_of(root, kind[i].controller, path);
        for (;;) {
            (void)snprintf(folder, sizeof folder, "%s%s", kind[i].mount, path);
            visit(root, folder, &kind[i], limit);
            char *slash = strrchr(path, '/');
            if (slash == NULL || path[1] == '\0') break;
            slash[slash == path] = '\0'; /* "/a" -> "/" */
        }
    }
}

static void visit_memory(const char *root, const char *folder, const group_kind *kind, wks_machine_limit *limit)
{
    const double most = number_in(root, folder, kind->limit, "");
    if (isnan(most)) return;
    const double held = or_zero(number_in(root, folder, kind->usage, "")) - or_zero(number_in(root, folder, "memory.stat", kind->cache));
    tighten(limit, most - (held < 0 ? 0 : held), "memory limit of the cgroup");
}

static void visit_cpu(const char *root, const char *folder, const group_kind *kind, wks_machine_limit *limit)
{
    double quota = NAN, period = NAN;

    if (kind->controller[0] != '\0') {
        quota = number_in(root, folder, "cpu.cfs_quota_us", ""); /* -1: none */
        period = number_in(root, folder, "cpu.cfs_period_us", "");
    } else {
        char line[LINE_SIZE];
        FILE *file = open_under(root, folder, "cpu.max");
        long long q = 0, p = 0;
        if (file != NULL && fgets(line, sizeof line, file) != NULL && sscanf(line, "%lld %lld", &q, &p) == 2) {
            quota = (double)q;
            period = (double)p;
        }
        if (file != NULL) (void)fclose(file);
    }
    if (quota > 0 && period > 0) tighten(limit, ceil(quota / period), "processor quota of the cgroup");
}

/* ---- what counts ---- */

static double environment(const char *name)
{
    const char *text = getenv(name);
    char *end = NULL;
    const long long value = text == NULL ? 0 : strtoll(text, &end, 10);
    return text == NULL || end == text || value <= 0 ? NAN : (double)value;
}

static void slurm_memory(double held, wks_machine_limit *limit)
{
    const double node = environment("SLURM_MEM_PER_NODE"), cpu = environment("SLURM_MEM_PER_CPU");
    double cpus = environment("SLURM_CPUS_ON_NODE");

    if (isnan(cpus)) cpus = environment("SLURM_CPUS_PER_TASK");
    if (!isnan(node)) tighten(limit, node * mib - held, "SLURM_MEM_PER_NODE");
    if (!isnan(cpu)) tighten(limit, cpu * mib * (isnan(cpus) ? 1 : cpus) - held, "SLURM_MEM_PER_CPU");
}

wks_machine_limit wks_machine_memory(const char *root)
{
    wks_machine_limit limit = {INFINITY, "no limit known"};
    struct rlimit space;
    const double available = number_in(root, "/proc", "meminfo", "MemAvailable:");
    const double kib_held = or_zero(number_in(root, "/proc/self", "status", "VmRSS:"));
    const double kib_mapped = or_zero(number_in(root, "/proc/self", "status", "VmSize:"));

    if (!isnan(available)) tighten(&limit, available * 1024, "memory that the system has available");
    visit_groups(root, memory_kind, sizeof memory_kind / sizeof *memory_kind, visit_memory, &limit);
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY)
        tighten(&limit, (double)space.rlim_cur - kib_mapped * 1024, "address space limit (ulimit -v)");
    slurm_memory(kib_held * 1024, &limit);
    return limit;
}

wks_machine_limit wks_machine_threads(const char *root)
{
    wks_machine_limit limit = {INFINITY, "processors"};

    if (!isnan(environment("OMP_NUM_THREADS"))) return (wks_machine_limit){wks_par_default_threads(), "OMP_NUM_THREADS"};
    tighten(&limit, wks_par_processors(), "processors of this process");
    tighten(&limit, environment("SLURM_CPUS_PER_TASK"), "SLURM_CPUS_PER_TASK");
    visit_groups(root, cpu_kind, sizeof cpu_kind / sizeof *cpu_kind, visit_cpu, &limit);
    if (!(limit.value >= 1)) limit.value = 1;
    return limit;
}

double wks_machine_seconds(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
