/* The first comment of a lever (scenarios/levers/): what it says it acts on, and how it is set to zero. */
#ifndef WKS_TESTS_CLI_LEVERS_H
#define WKS_TESTS_CLI_LEVERS_H

#include "base/csv.h"
#include "cli/program.h"

enum { LEVERS_MAX = 128, LEVERS_MAX_LINES = 40 };

/* One "// Acts on: indicator:group@area sign". */
typedef struct levers_claim {
    char *indicator, *group, *area; /* group and area: "" for none */
    char sign;                      /* + - or ? */
} levers_claim;

typedef struct levers_file {
    char *name; /* without .cfg */
    char *path, *text;
    levers_claim acts[LEVERS_MAX_LINES];
    int n_acts;
    char *off[LEVERS_MAX_LINES]; /* key=value for --set */
    int n_off;
} levers_file;

static const char levers_nothing[] = "00_nothing";

static inline char *levers_copy(const char *from, size_t n)
{
    char *copy = calloc(n + 1, 1);
    assert_non_null(copy);
    memcpy(copy, from, n);
    return copy;
}

/* "indicator:group@area sign" */
static inline levers_claim levers_read_claim(const char *file, const char *line, size_t n)
{
    levers_claim claim = {0};
    const size_t blank = strcspn(line, " \n");
    if (blank + 2 != n || strchr("+-?", line[n - 1]) == NULL) fail_msg("%s: '%.*s' is not 'indicator:group@area sign'", file, (int)n, line);
    claim.sign = line[n - 1];
    const size_t name = strcspn(line, ":@ ");
    claim.indicator = levers_copy(line, name);
    const char *at = line + name;
    size_t group = 0;
    if (*at == ':') group = strcspn(++at, "@ ");
    claim.group = levers_copy(at, group);
    at += group;
    if (*at == '@') at++;
    claim.area = levers_copy(at, (size_t)(line + blank - at));
    return claim;
}

static inline void levers_read(const char *folder, const char *file_name, levers_file *out)
{
    static const char acts[] = "\n// Acts on: ", off[] = "\n// Off: ";
    *out = (levers_file){.name = levers_copy(file_name, strlen(file_name) - strlen(".cfg"))};
    out->path = wks_folder_path(folder, file_name);
    out->text = wks_folder_get(out->path);
    for (const char *at = strstr(out->text, acts); at != NULL; at = strstr(at, acts)) {
        at += sizeof acts - 1;
        assert_true(out->n_acts < LEVERS_MAX_LINES);
        out->acts[out->n_acts++] = levers_read_claim(file_name, at, strcspn(at, "\n"));
    }
    for (const char *at = strstr(out->text, off); at != NULL; at = strstr(at, off)) {
        at += sizeof off - 1;
        assert_true(out->n_off < LEVERS_MAX_LINES);
        out->off[out->n_off++] = levers_copy(at, strcspn(at, "\n"));
    }
}

static inline void levers_free(levers_file *file)
{
    for (int i = 0; i < file->n_acts; i++) {
        free(file->acts[i].indicator);
        free(file->acts[i].group);
        free(file->acts[i].area);
    }
    for (int i = 0; i < file->n_off; i++)
        free(file->off[i]);
    free(file->name);
    free(file->path);
    free(file->text);
}

/* All of scenarios/levers/, doing nothing first (its name sorts so). */
static inline int levers_all(levers_file out[LEVERS_MAX])
{
    char *folder = program_source("scenarios/levers"), **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(folder, &names, &n, &err), &err);
    assert_in_range(n, 2, LEVERS_MAX);
    for (size_t i = 0; i < n; i++) {
        levers_read(folder, names[i], &out[i]);
        free(names[i]);
    }
    free((void *)names);
    free(folder);
    assert_string_equal(out[0].name, levers_nothing);
    return (int)n;
}

/* Runs one replication of a lever into <folder>/<name>, with its Off lines or without; the path, malloc'ed. */
static inline char *levers_run(const levers_file *file, const char *folder, const char *ticks, bool is_off)
{
    const char *argv[16 + 2 * LEVERS_MAX_LINES] = {PROGRAM, "run", file->path, "-r", "1", "-j", "1", "-q", "-t", ticks};
    int n = 10;
    char *out = wks_folder_path(folder, file->name);
    argv[n++] = "--set";
    argv[n++] = "name=nothing"; /* the same word in every table, so that tables are compared as they are */
    argv[n++] = "-o";
    argv[n++] = out;
    for (int i = 0; is_off && i < file->n_off; i++) {
        argv[n++] = "--set";
        argv[n++] = file->off[i];
    }
    argv[n] = NULL;
    wks_run run = wks_run_program(argv, folder);
    if (run.exit_code != 0) fail_msg("%s: exit %d\n%s", file->name, run.exit_code, run.err);
    wks_run_free(&run);
    return out;
}

#endif
