#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/measure_folder.h"
#include "cli/measure_print.h"

/* ---- a table ---- */

/* Options that need another kind of input. */
static wks_status check_table(const wks_options *options, wks_err *err)
{
    const wks_options_measure *asked = &options->measure;
    const char *option = asked->tick >= 0                ? "--tick"
                         : asked->level != NULL          ? "--level"
                         : options->replication >= 0     ? "--replication"
                         : options->scenario != NULL     ? "--scenario"
                         : options->seed_population >= 0 ? "--seed-population"
                                                         : NULL;

    if (option == NULL) return WKS_OK;
    return wks_err_set(err, WKS_ERR_USAGE, "%s goes with a folder of a run or a city; %s is a table", option, options->argument[0]);
}

/* Problems of the later table are told with those of all other files. */
static wks_status read_tables(const wks_options *options, wks_measure_input *out, wks_measure_input *later, wks_problems *problems,
                              wks_err *err)
{
    const wks_status first = wks_measure_input_read(options, out, problems, err);

    if (options->measure.against == NULL || (first != WKS_OK && first != WKS_ERR_DATA)) return first;
    *err = WKS_ERR_INIT;
    const wks_status second = wks_measure_input_table(options->measure.against, options->threads, later, problems, err);
    if (second != WKS_OK && second != WKS_ERR_DATA) return second;
    *err = WKS_ERR_INIT;
    return wks_problems_status(problems, err);
}

static wks_status measure_table(const wks_options *options, wks_problems *problems, wks_measure_rows *rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_measure_input input = {0}, later = {0};
    wks_measure_choice choice = {0};

    WKS_TRY(check_table(options, err));
    WKS_TRY(read_tables(options, &input, &later, problems, err));
    WKS_TRY(wks_measure_choice_make(options, &input.table, &input.place, input.group, options->measure.groups, &choice, err));
    const wks_measure_subject subject = {
        .table = &input.table, .place = &input.place, .group = input.group, .area = input.file.name, .choice = &choice};
    WKS_TRY(wks_measure_print_add(options, &subject, 1, rows, err));
    if (input.n_levels > 0) WKS_TRY(wks_measure_parts_hierarchy(&input, choice.part, rows, err));
    if (options->measure.against != NULL) WKS_TRY(wks_measure_parts_change(&input, &later, choice.part, rows, err));
out:
    wks_measure_choice_free(&choice);
    wks_measure_input_free(&input);
    wks_measure_input_free(&later);
    return rc;
}

/* ---- a folder ---- */

static wks_status check_folder(const wks_options *options, wks_err *err)
{
    const wks_options_measure *asked = &options->measure;
    const struct {
        const char *name, *value;
    } files[] = {{"--coords", asked->coords},
                 {"--contiguity", asked->contiguity},
                 {"--boundary", asked->boundary},
                 {"--hierarchy", asked->hierarchy},
                 {"--against", asked->against}};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i].value != NULL)
            return wks_err_set(err, WKS_ERR_USAGE, "%s goes with a table; %s is a folder, which knows where its areas lie", files[i].name,
                               options->argument[0]);
    return WKS_OK;
}

static wks_status choose(const wks_options *options, const wks_measure_folder *folder, size_t k, wks_measure_choice *choice, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_city_table *table = &folder->table[k];

    WKS_TRY(wks_measure_input_kernel(options->measure.kernel, &table->place.kernel, err));
    WKS_TRY(wks_measure_choice_make(options, &table->table, &table->place, table->group, NULL, choice, err));
    for (size_t g = 0; g < table->table.n_groups; g++)
        if (strcmp(table->group[g], "rest") == 0) WKS_TRY(wks_measure_choice_narrow(options, g, folder->n_tables > 1, choice, err));
out:
    return rc;
}

static wks_status measure_folder(const wks_options *options, wks_problems *problems, wks_measure_rows *rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_measure_folder folder = {0};
    wks_measure_choice *choice = NULL;
    wks_measure_subject *subject = NULL;
    size_t n = 0;

    WKS_TRY(check_folder(options, err));
    WKS_TRY(wks_measure_folder_read(options, &folder, problems, err));
    n = folder.n_tables;
    choice = wks_mem_array(n, sizeof *choice);
    subject = wks_mem_array(n, sizeof *subject);
    if (choice == NULL || subject == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu tables", n);
    for (size_t k = 0; k < n; k++) {
        const wks_city_table *table = &folder.table[k];
        WKS_TRY(choose(options, &folder, k, &choice[k], err));
        subject[k] = (wks_measure_subject){.table = &table->table,
                                           .place = &table->place,
                                           .group = table->group,
                                           .area = table->area,
                                           .may_tell_group = table->may_tell_group,
                                           .may_tell_cell = table->may_tell,
                                           .choice = &choice[k]};
    }
    WKS_TRY(wks_measure_print_add(options, subject, n, rows, err));
out:
    for (size_t k = 0; choice != NULL && k < n; k++)
        wks_measure_choice_free(&choice[k]);
    free(choice);
    free(subject);
    wks_measure_folder_free(&folder);
    return rc;
}

static wks_measure_rows_draws draws_of(const wks_options *options)
{
    if (!wks_measure_print_has_draws(options)) return WKS_MEASURE_ROWS_NO_DRAWS;
    return options->measure.is_debiased ? WKS_MEASURE_ROWS_ALL_DRAWS : WKS_MEASURE_ROWS_DRAWS;
}

wks_status wks_cmd_measure_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_measure_rows rows = {.text = WKS_TEXT_INIT};

    if (options->output != NULL && wks_file_is_folder(options->output))
        WKS_FAIL(err, WKS_ERR_USAGE, "--output %s is a folder; expected a file", options->output);
    wks_measure_rows_begin(&rows, options->json, draws_of(options));
    rc = wks_measure_folder_is(options->argument[0]) ? measure_folder(options, &problems, &rows, err)
                                                     : measure_table(options, &problems, &rows, err);
    wks_load_print(&problems, options->quiet);
    if (rc == WKS_OK) WKS_TRY(wks_measure_rows_write(&rows, options->output, err));
out:
    wks_measure_rows_free(&rows);
    wks_problems_free(&problems);
    return rc;
}
