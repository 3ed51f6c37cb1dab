#include "cli/measure_rows.h"

#include <math.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"

wks_measure_row wks_measure_rows_plain(const char *index, double value)
{
    return (wks_measure_row){.index = index,
                             .group = "",
                             .versus = "",
                             .area = "",
                             .value = value,
                             .ci_low = NAN,
                             .ci_high = NAN,
                             .p_value = NAN,
                             .debiased = NAN,
                             .chance = NAN};
}

void wks_measure_rows_begin(wks_measure_rows *rows, bool is_json, wks_measure_rows_draws draws)
{
    static const char *const more[] = {"", ",ci_low,ci_high,p_value", ",ci_low,ci_high,p_value,debiased,chance"};

    *rows = (wks_measure_rows){.text = WKS_TEXT_INIT, .is_json = is_json, .draws = draws};
    if (is_json) {
        wks_text_add_char(&rows->text, '[');
    } else {
        wks_text_addf(&rows->text, "index,group,versus,area,value%s\n", more[draws]);
    }
}

static void add_csv(wks_text *out, const wks_measure_row *row, wks_measure_rows_draws draws)
{
    static const int n_columns[] = {0, 3, 5};
    const char *const names[] = {row->index, row->group, row->versus, row->area};
    const double of_draws[] = {row->ci_low, row->ci_high, row->p_value, row->debiased, row->chance};

    for (int i = 0; i < 4; i++) {
        if (names[i][0] != '\0') wks_csv_add_field(out, names[i], ',');
        wks_text_add_char(out, ',');
    }
    wks_text_add_number(out, row->value);
    for (int i = 0; i < n_columns[draws]; i++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, of_draws[i]);
    }
    wks_text_add_char(out, '\n');
}

static void add_member(wks_text *out, const char *name, double value)
{
    wks_text_addf(out, ", \"%s\": ", name);
    if (isfinite(value)) {
        wks_text_add_number(out, value);
    } else {
        wks_text_add(out, "null");
    }
}

static void add_json(wks_text *out, const wks_measure_row *row, bool any, wks_measure_rows_draws draws)
{
    wks_text_add(out, any ? ",\n  {\"index\": " : "\n  {\"index\": ");
    wks_json_add_string(out, row->index);
    wks_text_add(out, ", \"group\": ");
    wks_json_add_string(out, row->group);
    wks_text_add(out, ", \"versus\": ");
    wks_json_add_string(out, row->versus);
    wks_text_add(out, ", \"area\": ");
    wks_json_add_string(out, row->area);
    add_member(out, "value", row->value);
    if (draws != WKS_MEASURE_ROWS_NO_DRAWS) {
        add_member(out, "ci_low", row->ci_low);
        add_member(out, "ci_high", row->ci_high);
        add_member(out, "p_value", row->p_value);
    }
    if (draws == WKS_MEASURE_ROWS_ALL_DRAWS) {
        add_member(out, "debiased", row->debiased);
        add_member(out, "chance", row->chance);
    }
    wks_text_add_char(out, '}');
}

void wks_measure_rows_add(wks_measure_rows *rows, const wks_measure_row *row)
{
    if (rows->is_json) {
        add_json(&rows->text, row, rows->any, rows->draws);
    } else {
        add_csv(&rows->text, row, rows->draws);
    }
    rows->any = true;
}

wks_status wks_measure_rows_write(wks_measure_rows *rows, const char *path, wks_err *err)
{
    if (rows->is_json) wks_text_add(&rows->text, "\n]\n");
    if (rows->text.failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the rows");
    if (path != NULL) return wks_file_write(path, rows->text.data, rows->text.length, err);
    (void)fwrite(rows->text.data, 1, rows->text.length, stdout); /* whether that worked, main tells */
    return WKS_OK;
}

void wks_measure_rows_free(wks_measure_rows *rows)
{
    wks_text_free(&rows->text);
}
