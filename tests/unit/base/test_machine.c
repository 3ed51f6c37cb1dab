#include "base/machine.h"

#include <math.h>
#include <stdlib.h>

#include "support/check.h"
#include "support/folder.h"

/* A machine made of files: 8000 KiB available, the process holds 1000 KiB of 2000 KiB mapped. */
static char *make_machine(const char *groups)
{
    char *root = wks_folder_make();
    free(wks_folder_put(root, "proc/meminfo", "MemTotal:       16000 kB\nMemFree:        4000 kB\nMemAvailable:   8000 kB\n"));
    free(wks_folder_put(root, "proc/self/status", "Name:\tx\nVmSize:\t    2000 kB\nVmRSS:\t    1000 kB\n"));
    free(wks_folder_put(root, "proc/self/cgroup", groups));
    return root;
}

static void clear_environment(void)
{
    static const char *const names[] = {"SLURM_MEM_PER_NODE", "SLURM_MEM_PER_CPU", "SLURM_CPUS_ON_NODE", "SLURM_CPUS_PER_TASK",
                                        "OMP_NUM_THREADS"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
}

static void assert_memory(const char *root, double kib, const char *source)
{
    const wks_machine_limit limit = wks_machine_memory(root);
    assert_close(limit.value, kib * 1024, 0, 0.5);
    assert_string_equal(limit.source, source);
}

static void memory_is_what_the_system_has_available(void **state)
{
    (void)state;
    clear_environment();
    char *root = make_machine("0::/\n");
    assert_memory(root, 8000, "memory that the system has available");
    wks_folder_remove(root);
}

static void memory_of_nothing_known_has_no_limit(void **state)
{
    (void)state;
    clear_environment();
    char *root = wks_folder_make();
    assert_true(isinf(wks_machine_memory(root).value));
    wks_folder_remove(root);
}

static void memory_limits_of_groups_count_their_parents_and_not_the_cache(void **state)
{
    (void)state;
    clear_environment();
    char *root = make_machine("0::/a/b\n");
    free(wks_folder_put(root, "sys/fs/cgroup/a/b/memory.max", "max\n"));
    free(wks_folder_put(root, "sys/fs/cgroup/a/memory.max", "4096000\n"));
    free(wks_folder_put(root, "sys/fs/cgroup/a/memory.current", "3072000\n"));
    free(wks_folder_put(root, "sys/fs/cgroup/a/memory.stat", "anon 1\nactive_file 2\ninactive_file 1024000\n"));
    assert_memory(root, 2000, "memory limit of the cgroup"); /* 4000 - (3000 - 1000) */
    free(wks_folder_put(root, "sys/fs/cgroup/a/b/memory.max", "1024000\n"));
    assert_memory(root, 1000, "memory limit of the cgroup");
    wks_folder_remove(root);
}

static void memory_limit_of_version_1_is_read_at_the_root_when_the_path_is_of_the_host(void **state)
{
    (void)state;
    clear_environment();
    char *root = make_machine("9:name=systemd:/\n4:cpuset,memory:/docker/123\n0::/\n");
    free(wks_folder_put(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "5120000\n"));
    free(wks_folder_put(root, "sys/fs/cgroup/memory/memory.usage_in_bytes", "1024000\n"));
    assert_memory(root, 4000, "memory limit of the cgroup");
    free(wks_folder_put(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")); /* none */
    assert_memory(root, 8000, "memory that the system has available");
    wks_folder_remove(root);
}

static void memory_that_slurm_gave_is_less_what_is_held(void **state)
{
    (void)state;
    clear_environment();
    char *root = make_machine("0::/\n");
    setenv("SLURM_MEM_PER_NODE", "3", 1);
    assert_memory(root, 3 * 1024 - 1000, "SLURM_MEM_PER_NODE");
    unsetenv("SLURM_MEM_PER_NODE");
    setenv("SLURM_MEM_PER_CPU", "2", 1);
    assert_memory(root, 2 * 1024 - 1000, "SLURM_MEM_PER_CPU");
    setenv("SLURM_CPUS_PER_TASK", "3", 1);
    assert_memory(root, 6 * 1024 - 1000, "SLURM_MEM_PER_CPU");
    setenv("SLURM_MEM_PER_NODE", "0", 1); /* all there is */
    unsetenv("SLURM_MEM_PER_CPU");
    assert_memory(root, 8000, "memory that the system has available");
    clear_environment();
    wks_folder_remove(root);
}

static void threads_follow_the_tightest_of_those_who_say(void **state)
{
    (void)state;
    clear_environment();
    char *root = make_machine("4:cpu:/x\n0::/\n");
    const double all = wks_machine_threads(root).value;
    assert_true(all >= 1);
    setenv("SLURM_CPUS_PER_TASK", "1", 1);
    assert_close(wks_machine_threads(root).value, 1, 0, 0);
    setenv("SLURM_CPUS_PER_TASK", "100000", 1);
    assert_close(wks_machine_threads(root).value, all, 0, 0);
    free(wks_folder_put(root, "sys/fs/cgroup/cpu.max", "max 100000\n"));
    assert_close(wks_machine_threads(root).value, all, 0, 0);
    free(wks_folder_put(root, "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "-1\n"));
    free(wks_folder_put(root, "sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n"));
    assert_close(wks_machine_threads(root).value, all, 0, 0);
    free(wks_folder_put(root, "sys/fs/cgroup/cpu.max", "50000 100000\n")); /* half a processor */
    assert_close(wks_machine_threads(root).value, 1, 0, 0);
    free(wks_folder_put(root, "sys/fs/cgroup/cpu.max", "max 100000\n"));
    free(wks_folder_put(root, "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "90000\n"));
    assert_close(wks_machine_threads(root).value, 1, 0, 0);
    assert_string_equal(wks_machine_threads(root).source, all > 1 ? "processor quota of the cgroup" : "processors of this process");
    setenv("OMP_NUM_THREADS", "7", 1); /* whoever sets this means it; OpenMP itself read it at the start of the program */
    assert_string_equal(wks_machine_threads(root).source, "OMP_NUM_THREADS");
    clear_environment();
    wks_folder_remove(root);
}

static void clock_runs(void **state)
{
    const double before = wks_machine_seconds();

    (void)state;
    assert_true(before > 0);
    assert_true(wks_machine_seconds() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_what_the_system_has_available),
        cmocka_unit_test(memory_of_nothing_known_has_no_limit),
        cmocka_unit_test(memory_limits_of_groups_count_their_parents_and_not_the_cache),
        cmocka_unit_test(memory_limit_of_version_1_is_read_at_the_root_when_the_path_is_of_the_host),
        cmocka_unit_test(memory_that_slurm_gave_is_less_what_is_held),
        cmocka_unit_test(threads_follow_the_tightest_of_those_who_say),
        cmocka_unit_test(clock_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
