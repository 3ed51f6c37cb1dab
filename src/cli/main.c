/* wijksim: subcommands in the manner of git. Only this folder prints and exits. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/commands.h"
#include "version.h"

static void print_help(FILE *stream)
{
    fputs("usage: wijksim COMMAND [OPTION...] [ARGUMENT...]\n\n"
          "Simulates the allocation of social housing in a Dutch city and what it does to its neighbourhoods.\n\ncommands:\n",
          stream);
    for (int i = 0; i < wks_commands_count; i++)
        fprintf(stream, "  %-9s %s\n", wks_commands_table[i].name, wks_commands_table[i].summary);
    fputs("\nBegin with `wijksim demo`. `wijksim COMMAND --help` tells arguments, options and examples of a command; `wijksim --version` "
          "what\n"
          "this program is.\n\n"
          "Exit codes: 0 done; 1 failed (disk, memory); 2 wrong usage; 3 bad input, all problems listed; 4 done, but some replications "
          "failed;\n"
          "5 stopped early, --resume goes on; 6 the precision asked is not reached; 7 a rerun differs (verify, explain).\n",
          stream);
}

static void print_version(void)
{
    printf("wijksim %s\ncommit    %s\ncompiler  %s, %s\nlibraries", WKS_VERSION, WKS_COMMIT, WKS_COMPILER, WKS_BUILD_TYPE);
#define WKS_MAIN_LIBRARY(name, version) printf(" %s %s,", name, version);
    WKS_LIBRARIES(WKS_MAIN_LIBRARY)
#undef WKS_MAIN_LIBRARY
    puts(" Random123 (Philox4x32-10)\nLicence GPL-3.0-or-later; without any warranty.");
}

typedef struct wks_main_verbosity {
    bool quiet;
    int verbose;
} verbosity;

static void say(wks_log_level level, const char *message, void *context)
{
    const verbosity *how = context;
    if (how->quiet) return;
    if (level == WKS_LOG_DETAIL && how->verbose == 0) return;
    fprintf(stderr, "wijksim: %s%s\n", level == WKS_LOG_WARNING ? "warning: " : "", message);
}

static const wks_command *find(const char *name, wks_err *err)
{
    enum { MOST = 64 };
    const char *names[MOST];
    size_t n = 0;

    for (int i = 0; i < wks_commands_count; i++) {
        if (strcmp(name, wks_commands_table[i].name) == 0) return &wks_commands_table[i];
        if (n < MOST) names[n++] = wks_commands_table[i].name;
    }
    const char *nearest = wks_text_nearest(name, names, n);
    (void)wks_err_set(err, WKS_ERR_USAGE, "'%s' is not a command%s%s%s; see wijksim --help", name, nearest == NULL ? "" : "; nearest is '",
                      nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
    return NULL;
}

static bool is_one_of(const char *text, const char *a, const char *b, const char *c)
{
    return strcmp(text, a) == 0 || strcmp(text, b) == 0 || strcmp(text, c) == 0;
}

static wks_status help(const char *name, wks_err *err)
{
    if (name == NULL) {
        print_help(stdout);
        return WKS_OK;
    }
    const wks_command *command = find(name, err);
    if (command == NULL) return WKS_ERR_USAGE;
    wks_options_print_help(command);
    return WKS_OK;
}

static wks_status dispatch(int argc, char **argv, wks_err *err)
{
    wks_options options;
    verbosity how = {0};
    bool done = false;

    if (argc < 2) {
        print_help(stderr);
        return WKS_ERR_USAGE;
    }
    if (is_one_of(argv[1], "--help", "-h", "help")) return help(argc > 2 ? argv[2] : NULL, err);
    if (is_one_of(argv[1], "--version", "-V", "version")) {
        print_version();
        return WKS_OK;
    }
    const wks_command *command = find(argv[1], err);
    if (command == NULL) return WKS_ERR_USAGE;
    if (command->run == NULL) return wks_cmd_import_exec(argc - 1, argv + 1, err);
    wks_status rc = wks_options_parse(command, argc - 1, argv + 1, &options, &done, err);
    if (rc == WKS_OK && !done) {
        how = (verbosity){options.quiet, options.verbose};
        wks_log_install(say, &how);
        rc = command->run(&options, err);
        wks_log_install(NULL, NULL);
    }
    wks_options_free(&options);
    return rc;
}

int main(int argc, char **argv)
{
    wks_err err = WKS_ERR_INIT;
    wks_status rc = dispatch(argc, argv, &err);

    errno = 0;
    const bool is_lost = fflush(stdout) != 0 || ferror(stdout) != 0; /* a full disk behind a redirection must not pass for success */
    if (is_lost && rc == WKS_OK) {
        rc = wks_err_set(&err, WKS_ERR_IO, "standard output cannot be written%s%s", errno == 0 ? "" : ": ",
                         errno == 0 ? "" : strerror(errno));
    }
    if (rc != WKS_OK && err.message[0] != '\0') fprintf(stderr, "wijksim: %s\n", err.message);
    return wks_err_exit_code(rc);
}
