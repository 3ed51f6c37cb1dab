#include "cli/progress.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/machine.h"
#include "base/mem.h"

static wks_stop stop_flag;

static volatile sig_atomic_t says_so; /* not with -q */

static void on_signal(int number)
{
    static const char stopping[] = "\nwijksim: finishing this month and keeping what there is; Ctrl-C once more ends at once\n";
    const int reason = errno;
    if (number == SIGINT && says_so) (void)!write(STDERR_FILENO, stopping, sizeof stopping - 1);
    wks_stop_raise(&stop_flag);
    errno = reason;
}

void wks_progress_start(wks_progress *progress, const wks_options *options)
{
    struct sigaction action;

    *progress = (wks_progress){.how = options->progress, .started = wks_machine_seconds()};
    says_so = !options->quiet;
    if (progress->how == WKS_OPTIONS_PROGRESS_AUTO) {
        progress->how = options->quiet          ? WKS_OPTIONS_PROGRESS_NONE
                        : isatty(STDERR_FILENO) ? WKS_OPTIONS_PROGRESS_BAR
                                                : WKS_OPTIONS_PROGRESS_LINES;
    }
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)(SA_RESETHAND | SA_RESTART); /* a second Ctrl-C ends the program at once */
    sigaction(SIGINT, &action, NULL);
    action.sa_flags = SA_RESTART; /* a signal is no failed write */
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error of write(), not the end */
}

wks_stop *wks_progress_stop_flag(void)
{
    return &stop_flag;
}

static void show(const wks_progress *progress, const wks_batch_progress *state, double elapsed)
{
    const double share = state->n_ticks == 0 ? 1 : (double)state->n_ticks_done / (double)state->n_ticks;
    const double left = share > 0 ? elapsed * (1 - share) / share : 0;

    switch (progress->how) {
    case WKS_OPTIONS_PROGRESS_BAR: {
        char bar[31];
        const int filled = (int)(share * 30);
        for (int i = 0; i < 30; i++)
            bar[i] = i < filled ? '=' : ' ';
        bar[30] = '\0';
        fprintf(stderr, "\r[%s] %3.0f %%  replications %lld/%lld  %.0f s, %.0f s left  %.0f MiB ", bar, 100 * share,
                (long long)state->n_done, (long long)state->n_jobs, elapsed, left, wks_mem_peak_rss_mib());
        break;
    }
    case WKS_OPTIONS_PROGRESS_LINES:
        fprintf(stderr, "wijksim: %3.0f %%, replications %lld of %lld, %.0f s, about %.0f s left\n", 100 * share, (long long)state->n_done,
                (long long)state->n_jobs, elapsed, left);
        break;
    case WKS_OPTIONS_PROGRESS_JSON:
        fprintf(stderr,
                "{\"share\":%.4f,\"replications_done\":%lld,\"replications\":%lld,\"ticks_done\":%lld,\"ticks\":%lld,\"elapsed_s\":%.1f,"
                "\"left_s\":%.1f,\"peak_rss_mib\":%.0f}\n",
                share, (long long)state->n_done, (long long)state->n_jobs, (long long)state->n_ticks_done, (long long)state->n_ticks,
                elapsed, left, wks_mem_peak_rss_mib());
        break;
    case WKS_OPTIONS_PROGRESS_AUTO:
    case WKS_OPTIONS_PROGRESS_NONE: break;
    }
    fflush(stderr);
}

wks_pausing_rules wks_progress_rules(const wks_progress *progress, const wks_options *options)
{
    return (wks_pausing_rules){.is_on = true,
                               .every_s = options->checkpoint_every_s,
                               .deadline = options->max_time_s > 0 ? progress->started + options->max_time_s : 0};
}

void wks_progress_report(const wks_batch_progress *state, void *context)
{
    wks_progress *progress = context;
    const double now = wks_machine_seconds();
    if (!progress->has_plan) {
        progress->has_plan = true;
        if (state->plan.at_once == 0) return; /* a function in the place of scenarios: nothing was planned */
        wks_log_say(state->plan.fits ? WKS_LOG_DETAIL : WKS_LOG_WARNING, "%d replications side by side, %d of %d threads in each: %s",
                    state->plan.at_once, state->plan.inside, state->plan.threads, state->plan.why);
        return; /* nothing has been done yet */
    }
    const double pause = progress->how == WKS_OPTIONS_PROGRESS_BAR ? 0.2 : progress->how == WKS_OPTIONS_PROGRESS_JSON ? 1 : 5;
    const bool is_last = state->n_ticks_done == state->n_ticks;

    if (!is_last && now - progress->last_shown < pause) return;
    progress->last_shown = now;
    show(progress, state, now - progress->started);
}

void wks_progress_end(wks_progress *progress)
{
    if (progress->how == WKS_OPTIONS_PROGRESS_BAR) fputc('\n', stderr);
}
