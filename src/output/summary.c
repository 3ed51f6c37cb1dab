#include "output/summary.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "num/stat.h"

const char wks_summary_header[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n";

static void add_numbers(wks_text *out, const double *value, int n)
{
    for (int i = 0; i < n; i++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, value[i]);
    }
}

static void add_row(wks_text *out, const wks_matrix *matrix, size_t row, const char *theory)
{
    const wks_matrix_row *key = &matrix->row[row];
    const wks_stat_summary s = wks_stat_summarise(&matrix->value[row * matrix->n_replications], matrix->n_replications);
    const double value[] = {s.mean, s.sd, s.ci_low, s.ci_high, s.p10, s.p50, s.p90, (double)s.n};
    const char *const text[] = {key->date, key->indicator, key->group, key->scale, key->level, key->area};

    wks_csv_add_field(out, matrix->scenario, ',');
    wks_text_add_char(out, ',');
    wks_csv_add_field(out, theory, ',');
    wks_text_add_char(out, ',');
    wks_text_add_number(out, key->tick);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        wks_text_add_char(out, ',');
        wks_csv_add_field(out, text[i], ',');
    }
    add_numbers(out, value, 8);
    wks_text_add_char(out, '\n');
}

wks_status wks_summary_write(const char *path, const wks_matrix *const *matrix, size_t n_matrices, const char *theory, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    wks_file_writer writer = {0};

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    wks_text_add(&text, wks_summary_header);
    for (size_t m = 0; m < n_matrices; m++) {
        for (size_t row = 0; row < matrix[m]->n_rows; row++) {
            add_row(&text, matrix[m], row, theory[0] != '\0' || matrix[m]->theory == NULL ? theory : matrix[m]->theory);
            if (text.length > 1 << 18) {
                WKS_TRY(wks_file_writer_put(&writer, text.data, text.length, err));
                wks_text_clear(&text);
            }
        }
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    WKS_TRY(wks_file_writer_put(&writer, text.data, text.length, err));
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    wks_text_free(&text);
    return rc;
}
