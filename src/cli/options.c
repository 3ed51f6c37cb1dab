#include "cli/options.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/text.h"

/* Options without a short letter. */
enum { KEY_SEED_POPULATION = 256, KEY_SET, KEY_RESUME, KEY_MAX_TIME, KEY_VERIFY, KEY_FORCE, KEY_DRY_RUN, KEY_PROGRESS, KEY_JSON, KEY_LANG,
       KEY_POPULATION, KEY_ASSUMPTIONS };

static const struct argp_option all_options[] = {
    { "seed", 's', "N", 0, "seed of the dynamics (default: the scenario's)", 0 },
    { "seed-population", KEY_SEED_POPULATION, "N", 0, "seed of the synthetic population (default: the scenario's)", 0 },
    { "replications", 'r', "N|A-B", 0, "number of replications, or the numbers A to B (numbers are identities)", 0 },
    { "ticks", 't', "N", 0, "months to simulate", 0 },
    { "threads", 'j', "N", 0, "threads (default: all processors; never changes a result)", 0 },
    { "set", KEY_SET, "PATH=VALUE", 0, "set a scenario key, e.g. processes.search.react=0.5; repeatable", 0 },
    { "output", 'o', "DIR", 0, "where to write", 0 },
    { "resume", KEY_RESUME, NULL, 0, "go on where an interrupted run stopped", 0 },
    { "max-time", KEY_MAX_TIME, "HH:MM:SS", 0, "stop after this wall time, resumable (exit code 5)", 0 },
    { "verify", KEY_VERIFY, NULL, 0, "check every conservation law at every tick", 0 },
    { "force", KEY_FORCE, NULL, 0, "overwrite an existing result", 0 },
    { "dry-run", KEY_DRY_RUN, NULL, 0, "read and check everything, run nothing", 0 },
    { "progress", KEY_PROGRESS, "HOW", 0, "auto, bar, lines, json or none, on standard error", 0 },
    { "json", KEY_JSON, NULL, 0, "results on standard output as JSON", 0 },
    { "lang", KEY_LANG, "nl|en", 0, "language of the report (default nl)", 0 },
    { "population", KEY_POPULATION, NULL, 0, "also check what needs the synthetic population", 0 },
    { "assumptions", KEY_ASSUMPTIONS, NULL, 0, "only what rests on an assumption", 0 },
    { "quiet", 'q', NULL, 0, "no progress, no warnings", 0 },
    { "verbose", 'v', NULL, 0, "say more", 0 },
};
enum { N_OPTIONS = sizeof all_options / sizeof *all_options };

static bool is_allowed(const wks_command *command, const char *name)
{
    const size_t n = strlen(name);
    for (const char *at = command->allowed; (at = strstr(at, name)) != NULL; at += n) {
        const bool starts = at == command->allowed || at[-1] == ' ';
        if (starts && (at[n] == '\0' || at[n] == ' ')) return true;
    }
    return false;
}

static int64_t whole(struct argp_state *state, const char *what, const char *text, int64_t low, int64_t high)
{
    int64_t value = 0;
    if (!wks_text_parse_int64(text, &value) || value < low || value > high) {
        argp_error(state, "%s '%s' is not a whole number from %lld to %lld", what, text, (long long)low, (long long)high);
    }
    return value;
}

static void parse_replications(struct argp_state *state, const char *text, wks_options *options)
{
    const char *dash = strchr(text, '-');
    if (dash == NULL || dash == text) {
        options->n_replications = (int32_t)whole(state, "number of replications", text, 1, 1000000);
        return;
    }
    char first[16] = "";
    const size_t n = (size_t)(dash - text);
    if (n >= sizeof first) argp_error(state, "replications '%s' is not N or A-B", text);
    memcpy(first, text, n < sizeof first ? n : sizeof first - 1);
    const int64_t a = whole(state, "replication", first, 1, 1000000000);
    const int64_t b = whole(state, "replication", dash + 1, 1, 1000000000);
    if (b < a) argp_error(state, "replications '%s': the last is below the first", text);
    options->first_replication = (int32_t)a;
    options->n_replications = (int32_t)(b - a + 1);
}

static double parse_time(struct argp_state *state, const char *text)
{
    double seconds = 0;
    int n = 0;
    const char *at = text;
    while (n < 3) {
        char *end = NULL;
        const long part = strtol(at, &end, 10);
        if (end == at || part < 0 || (n > 0 && part > 59)) break;
        seconds = 60 * seconds + (double)part;
        n++;
        at = end;
        if (*at != ':') break;
        at++;
    }
    if (n != 3 || *at != '\0' || seconds <= 0) argp_error(state, "time '%s' is not HH:MM:SS", text);
    return seconds;
}

static wks_options_progress parse_progress(struct argp_state *state, const char *text)
{
    static const char *const names[] = { "auto", "bar", "lines", "json", "none" };
    for (int i = 0; i < 5; i++) {
        if (strcmp(text, names[i]) == 0) return (wks_options_progress)i;
    }
    argp_error(state, "progress '%s' is none of auto, bar, lines, json, none", text);
    return WKS_OPTIONS_PROGRESS_AUTO;
}

typedef struct wks_parse {
    const wks_command *command;
    wks_options *options;
} parse;

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    parse *self = state->input;
    wks_options *options = self->options;

    switch (key) {
    case 's': options->seed = whole(state, "seed", arg, 0, INT64_MAX); break;
    case KEY_SEED_POPULATION: options->seed_population = whole(state, "seed", arg, 0, INT64_MAX); break;
    case 'r': parse_replications(state, arg, options); break;
    case 't': options->ticks = (int32_t)whole(state, "number of ticks", arg, 0, 12000); break;
    case 'j': options->threads = (int)whole(state, "number of threads", arg, 1, 4096); break;
    case KEY_SET:
        if (options->n_set == WKS_OPTIONS_MAX_SET) argp_error(state, "more than %d times --set", WKS_OPTIONS_MAX_SET);
        options->set[options->n_set++] = arg;
        break;
    case 'o': options->output = arg; break;
    case KEY_RESUME: options->resume = true; break;
    case KEY_MAX_TIME: options->max_time_s = parse_time(state, arg); break;
    case KEY_VERIFY: options->verify = true; break;
    case KEY_FORCE: options->force = true; break;
    case KEY_DRY_RUN: options->dry_run = true; break;
    case KEY_PROGRESS: options->progress = parse_progress(state, arg); break;
    case KEY_JSON: options->json = true; break;
    case KEY_LANG:
        if (strcmp(arg, "nl") != 0 && strcmp(arg, "en") != 0) argp_error(state, "language '%s' is neither nl nor en", arg);
        options->lang = arg;
        break;
    case KEY_POPULATION: options->population = true; break;
    case KEY_ASSUMPTIONS: options->assumptions = true; break;
    case 'q': options->quiet = true; break;
    case 'v': options->verbose++; break;
    case ARGP_KEY_ARG:
        if (options->n_arguments == self->command->max_arguments || options->n_arguments == WKS_OPTIONS_MAX_ARGUMENTS) {
            argp_error(state, "too many arguments: '%s'", arg);
        }
        options->argument[options->n_arguments++] = arg;
        break;
    case ARGP_KEY_END:
        if (options->n_arguments < self->command->min_arguments) argp_error(state, "expected %s", self->command->arguments);
        break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static char *join_command(int argc, char **argv)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "wijksim");
    for (int i = 0; i < argc; i++) {
        wks_text_add_char(&text, ' ');
        const bool plain = strpbrk(argv[i], " \"'$&;()<>|") == NULL && argv[i][0] != '\0';
        if (!plain) wks_text_add_char(&text, '\'');
        wks_text_add(&text, argv[i]);
        if (!plain) wks_text_add_char(&text, '\'');
    }
    return text.data;
}

wks_status wks_options_parse(const wks_command *command, int argc, char **argv, wks_options *out, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    struct argp_option table[N_OPTIONS + 1];
    parse self = { command, out };
    char *saved = argv[0];
    wks_text name = WKS_TEXT_INIT;
    int n = 0;

    *out = (wks_options){ .seed = -1, .seed_population = -1, .ticks = -1, .first_replication = -1, .n_replications = -1, .lang = "nl" };
    *out_done = false;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (is_allowed(command, all_options[i].name)) table[n++] = all_options[i];
    }
    table[n] = (struct argp_option){ 0 };
    const struct argp argp = { .options = table, .parser = parse_one, .args_doc = command->arguments, .doc = command->help };
    out->command = join_command(argc, argv);
    wks_text_addf(&name, "wijksim %s", command->name);
    if (name.failed || out->command == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the command line");
    argv[0] = name.data;
    argp_err_exit_status = 2;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-?") == 0) {
            argp_help(&argp, stdout, ARGP_HELP_STD_HELP & ~ARGP_HELP_EXIT_OK, name.data);
            *out_done = true;
            goto out;
        }
    }
    if (argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, &self) != 0) WKS_FAIL(err, WKS_ERR_USAGE, "wrong use of wijksim %s", command->name);
    if (out->threads == 0) out->threads = wks_par_default_threads();
out:
    argv[0] = saved;
    wks_text_free(&name);
    return rc;
}

void wks_options_free(wks_options *options)
{
    free(options->command);
    options->command = NULL;
}
