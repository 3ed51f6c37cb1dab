#include "output/summary.h"

#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/par.h"
#include "base/text.h"
#include "num/stat.h"

const char wks_summary_header[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n";

enum { BLOCKS = 64, BLOCK = 1024, ROUND = BLOCKS * BLOCK }; /* rows made at a time, each block by one thread, and put in order */

typedef struct wks_summary_round {
    const wks_matrix *matrix;
    size_t first; /* row of the matrix */
    wks_text scenario, theory;
    wks_text text[BLOCKS];
} pass;

/* What every row of a matrix begins with. */
static void set_names(pass *self, const wks_matrix *matrix, const char *theory)
{
    wks_text_clear(&self->scenario);
    wks_text_clear(&self->theory);
    wks_csv_add_field(&self->scenario, matrix->scenario, ',');
    wks_text_add_char(&self->scenario, ',');
    wks_csv_add_field(&self->theory, theory, ',');
    wks_text_add_char(&self->theory, ',');
    self->matrix = matrix;
}

static void add_numbers(wks_text *out, const wks_stat_summary *s)
{
    const double value[] = {s->mean, s->sd, s->ci_low, s->ci_high, s->p10, s->p50, s->p90, (double)s->n};

    for (size_t i = 0; i < sizeof value / sizeof *value; i++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, value[i]);
    }
}

static void add_row(wks_text *out, const pass *self, size_t row)
{
    const wks_matrix *matrix = self->matrix;
    const wks_matrix_row *key = &matrix->row[row];
    const wks_stat_summary s = wks_stat_summarise(&matrix->value[row * matrix->n_replications], matrix->n_replications);
    const char *const text[] = {key->date, key->indicator, key->group, key->scale, key->level, key->area};

    wks_text_add_bytes(out, self->scenario.data, self->scenario.length);
    wks_text_add_bytes(out, self->theory.data, self->theory.length);
    wks_text_add_number(out, key->tick);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        wks_text_add_char(out, ',');
        wks_csv_add_field(out, text[i], ',');
    }
    add_numbers(out, &s);
    wks_text_add_char(out, '\n');
}

static void add_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;

    wks_text_clear(&self->text[block]);
    for (int64_t i = begin; i < end; i++)
        add_row(&self->text[block], self, self->first + (size_t)i);
}

static wks_status put_matrix(pass *self, int threads, wks_file_writer *writer, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_rows = self->matrix->n_rows;

    if (self->scenario.failed || self->theory.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
    for (self->first = 0; self->first < n_rows; self->first += ROUND) {
        const int64_t n = n_rows - self->first < ROUND ? (int64_t)(n_rows - self->first) : ROUND;
        wks_par_for(n, BLOCK, threads, add_block, self);
        for (int64_t b = 0; b < wks_par_blocks(n, BLOCK); b++) {
            if (self->text[b].failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rows of a summary");
            WKS_TRY(wks_file_writer_put(writer, self->text[b].data, self->text[b].length, err));
        }
    }
out:
    return rc;
}

wks_status wks_summary_write(const char *path, const wks_matrix *const *matrix, size_t n_matrices, const char *theory, int threads,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {0};
    pass self = {.scenario = WKS_TEXT_INIT, .theory = WKS_TEXT_INIT};

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, wks_summary_header, strlen(wks_summary_header), err));
    for (size_t m = 0; m < n_matrices; m++) {
        if (matrix[m]->n_rows == 0) continue;
        set_names(&self, matrix[m], theory[0] != '\0' || matrix[m]->theory == NULL ? theory : matrix[m]->theory);
        WKS_TRY(put_matrix(&self, threads, &writer, err));
    }
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    wks_text_free(&self.scenario);
    wks_text_free(&self.theory);
    for (int32_t b = 0; b < BLOCKS; b++)
        wks_text_free(&self.text[b]);
    return rc;
}
