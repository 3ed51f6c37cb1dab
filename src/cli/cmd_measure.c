#include "base/file.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/measure_choice.h"

/* What is measured, whatever it was read from. */
typedef struct wks_measure_subject {
    const wks_table *table;
    const wks_index_place *place;
    const char *const *group;
    char *const *area;
} subject;

static bool has_draws(const wks_options *options)
{
    return options->measure.bootstrap > 0 || options->measure.permutations > 0;
}

static void add_found(const subject *of, const wks_measure_choice *choice, const wks_index_result *found, wks_measure_rows *out)
{
    for (size_t r = 0; r < found->n; r++) {
        const wks_index_row *from = &found->row[r];
        if (!wks_measure_choice_has(choice, from)) continue;
        wks_measure_row row = wks_measure_rows_plain(wks_index_table[from->index].name, from->value);
        if (from->group >= 0) row.group = of->group[from->group];
        if (from->versus >= 0) row.versus = of->group[from->versus];
        if (from->area >= 0) row.area = of->area[from->area];
        wks_measure_rows_add(out, &row);
    }
}

static wks_status add_indices(const wks_options *options, const subject *of, const wks_measure_choice *choice, wks_measure_rows *out,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_index_result found = {0};

    WKS_TRY(wks_index_compute(of->table, of->place, choice->index, options->threads, &found, err));
    add_found(of, choice, &found, out);
out:
    wks_index_result_free(&found);
    return rc;
}

/* What a reader has to know of empty cells. */
static void warn(const wks_options *options, const wks_table *table, const wks_index_place *place, const wks_measure_choice *choice)
{
    size_t n_alone = 0;

    if (!wks_table_is_whole(table)) {
        if (has_draws(options))
            wks_log_say(WKS_LOG_WARNING,
                        "counts are not all whole: people cannot be redrawn, ci_low, ci_high, p_value, debiased and chance stay empty");
        if (choice->index[WKS_INDEX_TABLE_ED_FIXED] || choice->index[WKS_INDEX_TABLE_DMOD_FIXED])
            wks_log_say(WKS_LOG_WARNING, "counts are not all whole: ED_fixed and Dmod_fixed are not defined");
    }
    if (!choice->index[WKS_INDEX_TABLE_MORAN_B] && !choice->index[WKS_INDEX_TABLE_MORAN_W]) return;
    for (size_t i = 0; i < table->n_areas; i++)
        n_alone += place->contiguity->start[i] == place->contiguity->start[i + 1];
    if (n_alone > 0)
        wks_log_say(WKS_LOG_WARNING, "%zu area%s without neighbours left out of Moran's I", n_alone, n_alone == 1 ? " is" : "s are");
}

static wks_status measure_table(const wks_options *options, wks_measure_input *input, wks_measure_input *later, wks_problems *problems,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_measure_choice choice = {0};
    wks_measure_rows rows = {.text = WKS_TEXT_INIT};

    WKS_TRY(wks_measure_input_read(options, input, problems, err));
    if (options->measure.against != NULL)
        WKS_TRY(wks_measure_input_table(options->measure.against, options->threads, later, problems, err));
    WKS_TRY(wks_measure_choice_make(options, &input->table, &input->place, input->group, &choice, err));
    warn(options, &input->table, &input->place, &choice);
    wks_measure_rows_begin(&rows, options->json, has_draws(options));
    const subject of = {&input->table, &input->place, input->group, input->file.name};
    WKS_TRY(add_indices(options, &of, &choice, &rows, err));
    if (input->n_levels > 0) WKS_TRY(wks_measure_parts_hierarchy(input, choice.part, &rows, err));
    if (options->measure.against != NULL) WKS_TRY(wks_measure_parts_change(input, later, choice.part, &rows, err));
    WKS_TRY(wks_measure_rows_write(&rows, options->output, err));
out:
    wks_measure_choice_free(&choice);
    wks_measure_rows_free(&rows);
    return rc;
}

wks_status wks_cmd_measure_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_measure_input input = {0}, later = {0};

    if (options->output != NULL && wks_file_is_folder(options->output))
        return wks_err_set(err, WKS_ERR_USAGE, "--output %s is a folder; expected a file", options->output);
    rc = measure_table(options, &input, &later, &problems, err);
    wks_load_print(&problems, options->quiet);
    wks_measure_input_free(&input);
    wks_measure_input_free(&later);
    wks_problems_free(&problems);
    return rc;
}
