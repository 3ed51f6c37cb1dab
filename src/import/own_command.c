#include "import/own_command.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "import/own.h"
#include "import/own_terms.h"
#include "import/own_value.h"

enum { KEY_DWELLINGS = 0x100, KEY_SEEKERS, KEY_MAPPING, KEY_WRITE_MAPPING, KEY_POSTCODES, KEY_KEEP_KEY, KEY_DATE, KEY_FORCE, KEY_DESCRIBE };

static const struct argp_option option[] = {
    {"dwellings", KEY_DWELLINGS, "FILE", 0, "The corporatie's dwellings (csv or xlsx), a row each", 0},
    {"seekers", KEY_SEEKERS, "FILE", 0, "Woningzoekenden (csv or xlsx), a row a registration", 0},
    {"mapping", KEY_MAPPING, "FILE", 0, "Which column holds what; when FILE does not exist a proposal is written there", 0},
    {"write-mapping", KEY_WRITE_MAPPING, "FILE", 0, "Only propose a mapping, into FILE; needs no CITY", 0},
    {"postcodes", KEY_POSTCODES, "FILE", 0, "Table with columns postcode and buurtcode, where your files have no buurt", 0},
    {"keep-key", KEY_KEEP_KEY, "FILE", 0,
     "Keep the secret behind the pseudonyms in FILE (outside CITY, mode 600), or use the one that is there: a next import has the same "
     "keys. "
     "Without it nobody can trace a key back",
     0},
    {"date", KEY_DATE, "YYYY-MM-DD", 0, "Day of the data; else that of the last registration or reaction in it", 0},
    {"force", KEY_FORCE, NULL, 0, "Replace an earlier own import or mapping", 0},
    {"describe", KEY_DESCRIBE, NULL, 0, "Print all fields, column names and words that are recognised, as markdown", 0},
    {0}};

typedef struct arguments {
    wks_own_options options;
    bool is_description;
} arguments;

static void check(const arguments *a, struct argp_state *state)
{
    const wks_own_options *o = &a->options;

    if (a->is_description) return;
    if (o->dwellings == NULL && o->seekers == NULL) {
        argp_error(state, "neither --dwellings nor --seekers; expected at least one of them");
    } else if (o->write_mapping == NULL && o->city == NULL) {
        argp_error(state, "no CITY; expected a city folder");
    } else if (o->write_mapping == NULL && o->mapping == NULL) {
        argp_error(state, "no --mapping FILE; expected one (when it does not exist a proposal is written there)");
    }
}

static error_t parse(int key, char *value, struct argp_state *state)
{
    arguments *a = state->input;

    switch (key) {
    case KEY_DWELLINGS: a->options.dwellings = value; return 0;
    case KEY_SEEKERS: a->options.seekers = value; return 0;
    case KEY_MAPPING: a->options.mapping = value; return 0;
    case KEY_WRITE_MAPPING: a->options.write_mapping = value; return 0;
    case KEY_POSTCODES: a->options.postcodes = value; return 0;
    case KEY_KEEP_KEY: a->options.keep_key = value; return 0;
    case KEY_FORCE: a->options.force = true; return 0;
    case KEY_DESCRIBE: a->is_description = true; return 0;
    case KEY_DATE:
        if (!wks_own_value_date(value, &a->options.month, &a->options.day))
            argp_error(state, "--date %s: expected a day as 2025-01-31", value);
        return 0;
    case ARGP_KEY_ARG:
        if (a->options.city != NULL) argp_error(state, "two cities: %s and %s; expected one", a->options.city, value);
        a->options.city = value;
        return 0;
    case ARGP_KEY_END: check(a, state); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const char doc[] =
    "Puts a corporatie's own dwellings and seekers into a city folder: columns by a saved mapping, numbers as pseudonyms, no names, days, "
    "addresses or exact incomes. From then on results hide cells under 10 and lettings.csv is off.\v";

/* The table of fields behind the options. */
static char *help_filter(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC || text == NULL) return (char *)(uintptr_t)text;
    wks_text out = WKS_TEXT_INIT;
    wks_own_terms_describe(false, &out);
    wks_text_add(&out,
                 "Columns of names, BSN, addresses, telephone, e-mail and origin are never read. More: --describe and docs/import-own.md.");
    return out.data; /* argp frees it */
}

static int describe(void)
{
    wks_text out = WKS_TEXT_INIT;

    wks_own_terms_describe(true, &out);
    if (!out.failed) fwrite(out.data, 1, out.length, stdout);
    wks_text_free(&out);
    return 0;
}

int wks_own_command_run(int argc, char **argv)
{
    static const struct argp argp = {option, parse, "CITY", doc, NULL, help_filter, NULL};
    static char name[] = "wijksim import own";
    arguments a = {0};
    wks_text report = WKS_TEXT_INIT, lines = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_status rc;

    argv[0] = name;
    if (argp_parse(&argp, argc, argv, 0, NULL, &a) != 0) return wks_err_exit_code(WKS_ERR_USAGE);
    if (a.is_description) return describe();
    rc = wks_own_import(&a.options, &report, &problems, &err);
    if (report.length > 0) fwrite(report.data, 1, report.length, stdout);
    wks_problems_print(&problems, &lines);
    if (lines.length > 0) fwrite(lines.data, 1, lines.length, stderr);
    if (rc != WKS_OK)
        fprintf(stderr, "wijksim: error: %s\n", rc == WKS_ERR_DATA ? "the input has problems; nothing was imported" : err.message);
    wks_text_free(&report);
    wks_text_free(&lines);
    wks_problems_free(&problems);
    return wks_err_exit_code(rc);
}
