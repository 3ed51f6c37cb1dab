#include "support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/check.h"
#include "support/folder.h"

enum { RUN_POLL_MS = 5, RUN_CANNOT_START = 127 };

static void redirect(const char *path, int flags, int descriptor)
{
    int opened = open(path, flags, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0) _exit(RUN_CANNOT_START);
    (void)close(opened);
}

static void become(const char *const *arguments, const char *folder, const char *out, const char *err)
{
    redirect("/dev/null", O_RDONLY, STDIN_FILENO);
    redirect(out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    redirect(err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    if (folder != NULL && chdir(folder) != 0) _exit(RUN_CANNOT_START);
    union { /* execvp does not change its arguments, but its type cannot say so */
        const char *const *in;
        char *const *out;
    } argv = {.in = arguments};
    (void)execvp(arguments[0], argv.out);
    _exit(RUN_CANNOT_START);
}

static void sleep_ms(int ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000L};
    (void)nanosleep(&pause, NULL);
}

static int wait_for(pid_t child, int signal_number, int after_ms)
{
    int status = 0;
    for (int waited = 0; signal_number != 0; waited += RUN_POLL_MS) {
        if (waitpid(child, &status, WNOHANG) == child) return status;
        if (waited >= after_ms) {
            (void)kill(child, signal_number);
            break;
        }
        sleep_ms(RUN_POLL_MS);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

wks_run wks_run_program_signalled(const char *const *arguments, const char *folder, int signal_number, int after_ms)
{
    wks_run run = {.exit_code = -1};
    char *place = wks_folder_make();
    char *out = wks_folder_path(place, "out");
    char *err = wks_folder_path(place, "err");
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) become(arguments, folder, out, err);
    if (child < 0) fail_msg("cannot fork");
    int status = wait_for(child, signal_number, after_ms);
    if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) run.signal = WTERMSIG(status);
    if (run.exit_code == RUN_CANNOT_START) fail_msg("cannot start %s", arguments[0]);
    run.out = wks_folder_get(out);
    run.err = wks_folder_get(err);
    free(out);
    free(err);
    wks_folder_remove(place);
    return run;
}

wks_run wks_run_program(const char *const *arguments, const char *folder)
{
    return wks_run_program_signalled(arguments, folder, 0, 0);
}

void wks_run_free(wks_run *run)
{
    free(run->out);
    free(run->err);
    *run = (wks_run){.exit_code = -1};
}
