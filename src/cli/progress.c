#include "cli/progress.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/machine.h"
#include "base/mem.h"
#include "version.h"

enum { BAR_MOST = 200 }; /* columns */

typedef struct wks_progress_foresight {
    double share, elapsed, left, rss_mib;
} foresight;

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

static void write_json(wks_json *root)
{
    wks_text text = WKS_TEXT_INIT;

    if (wks_json_write(root, false, &text, NULL) == WKS_OK) fprintf(stderr, "%s\n", text.data);
    fflush(stderr);
    wks_text_free(&text);
    wks_json_free(root);
}

static double rounded(double value, double per)
{
    return floor(value * per + 0.5) / per;
}

static wks_json *event_of(const char *name)
{
    wks_json *root = wks_json_object();
    wks_json_set_take(root, "event", wks_json_string(name));
    return root;
}

static void tell_start(const wks_options *options)
{
    wks_json *root = event_of("start");

    wks_json_set_take(root, "version", wks_json_string(WKS_VERSION));
    wks_json_set_take(root, "command", wks_json_string(options->command));
    write_json(root);
}

void wks_progress_start(wks_progress *progress, const wks_options *options)
{
    struct sigaction action;

    *progress = (wks_progress){.how = options->progress, .started = wks_machine_seconds()};
    progress->began = progress->started;
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
    if (progress->how == WKS_OPTIONS_PROGRESS_JSON) tell_start(options);
}

wks_stop *wks_progress_stop_flag(void)
{
    return &stop_flag;
}

/* Columns of the terminal; 80 when standard error is none. */
static int width_of_terminal(void)
{
    struct winsize size = {0};
    const bool is_known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return !is_known ? 80 : size.ws_col < BAR_MOST ? size.ws_col : BAR_MOST;
}

/* "replications 3/8, 2 under way at 80/240 ticks". */
static void add_count(const wks_batch_progress *state, const char *of, wks_text *out)
{
    wks_text_addf(out, "%s %lld%s%lld", state->is_study ? "trials" : "replications", (long long)state->n_done, of,
                  (long long)state->n_jobs);
    if (state->n_failed > 0) wks_text_addf(out, ", %lld failed", (long long)state->n_failed);
    if (state->n_running > 0)
        wks_text_addf(out, ", %d under way at %lld%s%lld ticks", state->n_running, (long long)state->n_ticks_running_done, of,
                      (long long)state->n_ticks_running);
}

/* One line, redrawn over the one before by a carriage return and blanks alone; the bar takes the room that the words leave. */
static void show_bar(const wks_batch_progress *state, const foresight *at)
{
    wks_text words = WKS_TEXT_INIT;
    char line[BAR_MOST + 1];
    const int width = width_of_terminal() - 1; /* in the last column some terminals begin a new line */

    wks_text_addf(&words, " %3.0f %%  ", 100 * at->share);
    add_count(state, "/", &words);
    wks_text_addf(&words, "  %.0f s, %.0f s left  %.0f MiB", at->elapsed, at->left, at->rss_mib);
    const int room = width - (int)words.length - 2;
    const int bar = room < 4 ? 0 : room > 30 ? 30 : room;
    int n = 0;
    if (bar > 0) line[n++] = '[';
    for (int i = 0; i < bar; i++)
        line[n++] = i < (int)(at->share * bar) ? '=' : ' ';
    if (bar > 0) line[n++] = ']';
    for (size_t i = 0; i < words.length && n < width; i++)
        line[n++] = words.data[i];
    while (n < width)
        line[n++] = ' ';
    line[n] = '\0';
    fprintf(stderr, "\r%s", line);
    wks_text_free(&words);
}

static void show_line(const wks_batch_progress *state, const foresight *at)
{
    wks_text words = WKS_TEXT_INIT;

    add_count(state, " of ", &words);
    if (!words.failed)
        fprintf(stderr, "wijksim: %3.0f %%, %s, %.0f s, about %.0f s left, %.0f MiB\n", 100 * at->share, words.data, at->elapsed, at->left,
                at->rss_mib);
    wks_text_free(&words);
}

static void show_json(const wks_batch_progress *state, const foresight *at)
{
    wks_json *root = event_of("progress");

    wks_json_set_take(root, "unit", wks_json_string(state->is_study ? "trial" : "replication"));
    wks_json_set_take(root, "share", wks_json_number(rounded(at->share, 1e4)));
    wks_json_set_take(root, "replications_done", wks_json_integer(state->n_done));
    wks_json_set_take(root, "replications_failed", wks_json_integer(state->n_failed));
    wks_json_set_take(root, "replications", wks_json_integer(state->n_jobs));
    if (!state->is_study) {
        wks_json_set_take(root, "ticks_done", wks_json_integer(state->n_ticks_done));
        wks_json_set_take(root, "ticks", wks_json_integer(state->n_ticks));
        wks_json_set_take(root, "under_way", wks_json_integer(state->n_running));
        wks_json_set_take(root, "under_way_ticks_done", wks_json_integer(state->n_ticks_running_done));
        wks_json_set_take(root, "under_way_ticks", wks_json_integer(state->n_ticks_running));
    }
    wks_json_set_take(root, "elapsed_s", wks_json_number(rounded(at->elapsed, 10)));
    wks_json_set_take(root, "left_s", wks_json_number(rounded(at->left, 10)));
    wks_json_set_take(root, "rss_mib", wks_json_number(rounded(at->rss_mib, 10)));
    wks_json_set_take(root, "peak_rss_mib", wks_json_number(rounded(wks_mem_peak_rss_mib(), 10)));
    write_json(root);
}

static void show(wks_progress *progress, const wks_batch_progress *state, double now)
{
    const double share = state->n_ticks <= 0 ? 1 : (double)state->n_ticks_done / (double)state->n_ticks;
    const foresight at = {.share = share,
                          .elapsed = now - progress->started,
                          .left = share > 0 ? (now - progress->began) * (1 - share) / share : 0,
                          .rss_mib = wks_mem_rss_mib()};

    progress->has_shown = true;
    if (progress->how == WKS_OPTIONS_PROGRESS_BAR) show_bar(state, &at);
    if (progress->how == WKS_OPTIONS_PROGRESS_LINES) show_line(state, &at);
    if (progress->how == WKS_OPTIONS_PROGRESS_JSON) show_json(state, &at);
    fflush(stderr);
}

static const char *word_of(wks_status rc)
{
    switch (rc) {
    case WKS_OK: return "complete";
    case WKS_ERR_PARTIAL: return "partial";
    case WKS_ERR_STOPPED: return "interrupted";
    case WKS_ERR_PRECISION: return "imprecise";
    default: return "failed";
    }
}

void wks_progress_tell_end(wks_progress *progress, wks_status rc)
{
    wks_progress_end(progress);
    if (progress->how != WKS_OPTIONS_PROGRESS_JSON) return;
    wks_json *root = event_of("end");
    wks_json_set_take(root, "status", wks_json_string(word_of(rc)));
    wks_json_set_take(root, "exit", wks_json_integer(wks_err_exit_code(rc)));
    wks_json_set_take(root, "elapsed_s", wks_json_number(rounded(wks_machine_seconds() - progress->started, 10)));
    wks_json_set_take(root, "peak_rss_mib", wks_json_number(rounded(wks_mem_peak_rss_mib(), 10)));
    write_json(root);
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
    if (state->n_ticks_done == 0 && state->n_running == 0) progress->began = now;
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
    show(progress, state, now);
}

void wks_progress_end(wks_progress *progress)
{
    if (progress->how == WKS_OPTIONS_PROGRESS_BAR && progress->has_shown) fputc('\n', stderr);
    progress->has_shown = false;
}
