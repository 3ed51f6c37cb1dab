/* wijksim: subcommands in the manner of git. Only this folder prints and exits. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/commands.h"
#include "version.h"

static const wks_command commands[] = {
    { "demo", "", "the built-in city: a reference and two alternatives, compared", "Runs the built-in city under a reference and two alternatives with paired "
      "replications and writes a report. Needs no input.", 0, 0,
      "seed seed-population replications ticks threads output resume max-time verify force progress lang quiet verbose", wks_cmd_demo_run },
    { "import", "cbs FILE... -o CITY", "CBS key figures, geometry and Leefbaarometer into a city folder", "", 0, WKS_OPTIONS_MAX_ARGUMENTS, "", NULL },
    { "synth", "CITY", "the synthetic population of a city as tables", "Makes the synthetic population of a city folder and writes households.csv, persons.csv, "
      "latent.csv, registrations.csv, units.csv and fit.csv.", 1, 1, "seed-population threads output force quiet verbose", wks_cmd_synth_run },
    { "check", "SCENARIO", "validates a scenario and its city: every problem at once", "Reads a scenario and its city, lists every problem, and estimates memory "
      "and time.", 1, 1, "seed seed-population replications ticks threads set population json quiet verbose", wks_cmd_check_run },
    { "show", "SCENARIO", "the resolved settings with their origin", "Prints every setting with its value and where it was set (file:line or default).", 1, 1,
      "seed seed-population replications ticks set quiet", wks_cmd_show_run },
    { "diff", "A B", "what differs between two scenarios, in words", "Prints what differs between two scenarios, a sentence a line.", 2, 2, "set lang quiet",
      wks_cmd_show_diff },
    { "run", "SCENARIO", "runs a scenario", "Runs a scenario and writes a run folder (default results/<name>).", 1, 1,
      "seed seed-population replications ticks threads set output resume max-time verify force dry-run progress quiet verbose", wks_cmd_run_run },
    { "compare", "BASE ALT...", "runs scenarios with paired replications and compares them", "Runs the same replications under each scenario and writes a run "
      "folder per scenario plus summary.csv, contrasts.csv and report.html.", 2, 64,
      "seed seed-population replications ticks threads set output resume max-time verify force dry-run progress lang quiet verbose", wks_cmd_compare_run },
    { "report", "DIR", "report.html of a run or a comparison", "Writes report.html into a results folder.", 1, 1, "lang quiet verbose", wks_cmd_report_run },
    { "describe", "rules|groups|indicators|processes|keys|law", "the catalogue of what a scenario can name",
      "Prints what a scenario can name, with unit, default, range and source.", 1, 1, "assumptions json", wks_cmd_describe_run },
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void print_help(void)
{
    puts("usage: wijksim COMMAND [OPTION...] [ARGUMENT...]\n\n"
         "Simulates the allocation of social housing in a Dutch city and what it does to its neighbourhoods.\n\ncommands:");
    for (int i = 0; i < N_COMMANDS; i++) printf("  %-9s %-45s %s\n", commands[i].name, commands[i].arguments, commands[i].summary);
    puts("\n`wijksim COMMAND --help` tells the options of a command; `wijksim --version` what this program is.\n"
         "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input, 4 some replications failed, 5 stopped and resumable.");
}

static void print_version(void)
{
    printf("wijksim %s (%s)\ncompiled by %s, %s; Philox4x32-10 keyed draws\nGPL-3.0-or-later, without any warranty\n", WKS_VERSION, WKS_COMMIT,
           WKS_COMPILER, WKS_BUILD_TYPE);
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

static wks_status unknown(const char *name, wks_err *err)
{
    const char *names[N_COMMANDS];
    for (int i = 0; i < N_COMMANDS; i++) names[i] = commands[i].name;
    const char *nearest = wks_text_nearest(name, names, N_COMMANDS);
    return wks_err_set(err, WKS_ERR_USAGE, "'%s' is not a command%s%s%s; see wijksim --help", name, nearest == NULL ? "" : "; nearest is '",
                       nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
}

static wks_status dispatch(int argc, char **argv, wks_err *err)
{
    wks_options options;
    verbosity how = { 0 };
    bool done = false;

    if (argc < 2) {
        print_help();
        return WKS_ERR_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help();
        return WKS_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        print_version();
        return WKS_OK;
    }
    for (int i = 0; i < N_COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) != 0) continue;
        if (commands[i].run == NULL) return wks_cmd_import_exec(argc - 1, argv + 1, err);
        wks_status rc = wks_options_parse(&commands[i], argc - 1, argv + 1, &options, &done, err);
        if (rc == WKS_OK && !done) {
            how = (verbosity){ options.quiet, options.verbose };
            wks_log_install(say, &how);
            rc = commands[i].run(&options, err);
        }
        wks_options_free(&options);
        return rc;
    }
    return unknown(argv[1], err);
}

int main(int argc, char **argv)
{
    wks_err err = WKS_ERR_INIT;
    wks_status rc = dispatch(argc, argv, &err);

    if (fflush(stdout) != 0 && rc == WKS_OK) rc = wks_err_set(&err, WKS_ERR_IO, "standard output cannot be written");
    if (rc != WKS_OK && err.message[0] != '\0') fprintf(stderr, "wijksim: %s\n", err.message);
    return wks_err_exit_code(rc);
}
