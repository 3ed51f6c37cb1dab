/* wijksim-import: brings outside data into city folders. A program of its own so that the core does not link GDAL. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/problems.h"
#include "base/text.h"
#include "import/cbs.h"
#include "import/ogr.h"
#include "import/own_command.h"
#include "version.h"

enum { EXIT_USAGE = 2 };
enum { KEY_GEOMETRY = 0x100, KEY_LEEFBAAROMETER, KEY_FORCE, KEY_YEAR, KEY_INSCHRIJFDUUR, KEY_REGIO };

typedef struct arguments {
    wks_cbs_options options;
    const char **file, **gemeente, **geometry, **leefbaarometer;
} arguments;

static const struct argp_option cbs_options[] = {
    {"gemeente", 'g', "NAME-or-CODE", 0,
     "A gemeente to take, by name or code (Breda, GM0758, 758), or all. Repeat it, or write a list with commas, for one city of several. "
     "Not "
     "needed when the files hold one",
     0},
    {"geometry", KEY_GEOMETRY, "FILE", 0,
     "Map of which only the polygons are taken (GeoJSON, GeoPackage or shapefile with buurt codes); repeat it for several", 0},
    {"leefbaarometer", KEY_LEEFBAAROMETER, "FILE", 0,
     "Leefbaarometer scores (3.0: code, won, fys, vrz, soc, onv; 2.0 by wijk); repeat it for several", 0},
    {"year", KEY_YEAR, "YYYY", 0, "Year of tables that do not tell theirs in a column or by the row of the country", 0},
    {"inschrijfduur", KEY_INSCHRIJFDUUR, "YEARS", 0,
     "Mean inschrijfduur at letting in the region, for the queue at the start; without it what is published of some regions is used", 0},
    {"regio", KEY_REGIO, "stad|gemeente", 0,
     "Within what people look for a home: the whole folder (stad, the default) or their gemeente (the default of --gemeente all)", 0},
    {"output", 'o', "CITY", 0, "City folder to write; must be new or empty", 0},
    {"force", KEY_FORCE, NULL, 0, "Replace an existing city folder (files that the import does not write are kept)", 0},
    {0}};

static error_t parse_cbs(int key, char *value, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'g':
        if (value[strspn(value, " ,")] == '\0') argp_error(state, "--gemeente '%s': expected a name or code, or all", value);
        a->gemeente[a->options.n_gemeenten++] = value;
        return 0;
    case KEY_GEOMETRY: a->geometry[a->options.n_geometries++] = value; return 0;
    case KEY_LEEFBAAROMETER: a->leefbaarometer[a->options.n_leefbaarometers++] = value; return 0;
    case KEY_FORCE: a->options.force = true; return 0;
    case 'o': a->options.city = value; return 0;
    case KEY_YEAR: {
        int64_t year;
        if (!wks_text_parse_int64(value, &year) || year < 2013 || year > 2099)
            argp_error(state, "--year %s: expected a year from 2013", value);
        else
            a->options.year = (int32_t)year;
        return 0;
    }
    case KEY_INSCHRIJFDUUR:
        if (!wks_text_parse_double(value, &a->options.inschrijfduur_years) || a->options.inschrijfduur_years <= 0.0 ||
            a->options.inschrijfduur_years > 50.0)
            argp_error(state, "--inschrijfduur %s: expected years above 0, at most 50", value);
        return 0;
    case KEY_REGIO:
        if (strcmp(value, "stad") == 0)
            a->options.regio = WKS_CBS_REGIO_STAD;
        else if (strcmp(value, "gemeente") == 0)
            a->options.regio = WKS_CBS_REGIO_GEMEENTE;
        else
            argp_error(state, "--regio '%s': expected stad or gemeente", value);
        return 0;
    case ARGP_KEY_ARG: a->file[a->options.n_files++] = value; return 0;
    case ARGP_KEY_END:
        if (a->options.n_files == 0)
            argp_error(state, "no FILE; expected a table of key figures, such as a CBS workbook (xlsx) or csv");
        else if (a->options.city == NULL || a->options.city[0] == '\0')
            argp_error(state, "no -o CITY; expected the folder to write");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const char cbs_doc[] =
    "Makes a city folder from what CBS, PDOK and BZK publish of wijken and buurten.\v"
    "FILE is a table of key figures (kwb workbook, xlsx or xls, or csv of any year since 2013, StatLine export, OData names), a map "
    "(GeoPackage, "
    "GeoJSON, "
    "shapefile; its attributes are read too) or a table of Leefbaarometer scores; what each is, is found from its content and printed. The "
    "first "
    "table with inhabitants of buurten decides on the year; others add what it lacks. What is not published of a buurt is "
    "filled from "
    "its wijk, gemeente or the country, or estimated; quality.csv in the folder has the origin of every value and quality.md a report.";

static void print_all(const wks_text *report, const wks_problems *problems)
{
    wks_text lines = WKS_TEXT_INIT;
    if (report->length > 0) fwrite(report->data, 1, report->length, stdout);
    wks_problems_print(problems, &lines);
    if (lines.length > 0) fwrite(lines.data, 1, lines.length, stderr);
    wks_text_free(&lines);
}

static int run_cbs(int argc, char **argv)
{
    static const struct argp argp = {cbs_options, parse_cbs, "FILE...", cbs_doc, NULL, NULL, NULL};
    static char name[] = "wijksim import cbs";
    arguments a = {0};
    wks_text report = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_status rc = WKS_OK;

    a.file = wks_mem_array((size_t)argc, sizeof *a.file);
    a.gemeente = wks_mem_array((size_t)argc, sizeof *a.gemeente);
    a.geometry = wks_mem_array((size_t)argc, sizeof *a.geometry);
    a.leefbaarometer = wks_mem_array((size_t)argc, sizeof *a.leefbaarometer);
    if (a.file == NULL || a.gemeente == NULL || a.geometry == NULL || a.leefbaarometer == NULL)
        WKS_FAIL(&err, WKS_ERR_NOMEM, "no memory for the arguments");
    a.options.file = a.file;
    a.options.gemeente = a.gemeente;
    a.options.geometry = a.geometry;
    a.options.leefbaarometer = a.leefbaarometer;
    argv[0] = name;
    if (argp_parse(&argp, argc, argv, 0, NULL, &a) != 0) WKS_FAIL(&err, WKS_ERR_USAGE, "wrong arguments");
    rc = wks_cbs_import(&a.options, &report, &problems, &err);
    print_all(&report, &problems);
out:
    if (rc != WKS_OK)
        fprintf(stderr, "wijksim: error: %s\n", rc == WKS_ERR_DATA ? "the input has problems; nothing was written" : err.message);
    free(a.file);
    free(a.gemeente);
    free(a.geometry);
    free(a.leefbaarometer);
    wks_text_free(&report);
    wks_problems_free(&problems);
    return wks_err_exit_code(rc);
}

static int usage(FILE *to, int code)
{
    fputs("Usage: wijksim-import COMMAND [OPTION...]\n\n"
          "  cbs FILE... -o CITY    CBS key figures, polygons and Leefbaarometer scores into a city folder\n"
          "  own CITY ...           a corporatie's own dwellings and seekers into a city folder, under pseudonyms\n\n"
          "'wijksim-import COMMAND --help' explains a command; 'wijksim import' calls this program.\n",
          to);
    return code;
}

int main(int argc, char **argv)
{
    static const char *const commands[] = {"cbs", "own"};
    argp_err_exit_status = EXIT_USAGE;
    if (argc < 2) return usage(stderr, EXIT_USAGE);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-?") == 0) return usage(stdout, 0);
    if (strcmp(argv[1], "--version") == 0) {
        printf("wijksim-import %s (%s)\n%s, %s\nGDAL %s\n", WKS_VERSION, WKS_COMMIT, WKS_COMPILER, WKS_BUILD_TYPE, wks_ogr_version());
        return 0;
    }
    if (strcmp(argv[1], "cbs") == 0) return run_cbs(argc - 1, argv + 1);
    if (strcmp(argv[1], "own") == 0) return wks_own_command_run(argc - 1, argv + 1);
    char nearest[160];
    fprintf(stderr, "wijksim: error: unknown import '%s'; expected cbs or own%s\n", argv[1],
            wks_problems_nearest(argv[1], commands, 2, nearest));
    return EXIT_USAGE;
}
