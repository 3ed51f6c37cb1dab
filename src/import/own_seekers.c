#include "import/own_seekers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "import/own_place.h"
#include "import/own_reader.h"
#include "import/own_value.h"

enum {
    NOT_URGENT = 0, /* in the order of the words of urgency */
    URGENT_SOCIAL = 1,
    MAX_MONTHS = 60 * 12 /* longer inschrijfduur is a mistake: 01-01-1900 stands for "unknown" in many systems */
};

static int by_seeker_key(const void *a, const void *b)
{
    return strcmp(((const wks_own_seeker *)a)->key, ((const wks_own_seeker *)b)->key);
}

/* The last day that anything happened is the day of the data, unless it was given. */
static void find_reference(wks_own_reader *r)
{
    static const int32_t field[2] = {WKS_OWN_TERMS_S_REGISTERED, WKS_OWN_TERMS_S_REACTED};
    wks_own_rows *rows = r->rows;

    if (rows->is_reference_given) return;
    for (r->row = 0; r->row < r->sheet->n_rows; r->row++) {
        for (int i = 0; i < 2; i++) {
            int32_t month, day;
            if (!wks_own_value_date(wks_own_reader_cell(r, field[i]), &month, &day)) continue;
            if (month < rows->reference_month || (month == rows->reference_month && day <= rows->reference_day)) continue;
            rows->reference_month = month;
            rows->reference_day = day;
        }
    }
}

/* Whole months from a date to the day of the data; -1 when it is later. */
static int32_t months_since(const wks_own_rows *rows, int32_t month, int32_t day)
{
    const int32_t months = rows->reference_month - month - (day > rows->reference_day);

    return months < 0 ? -1 : months;
}

static const char date_expected[] = "a day as 31-12-2023 or 2023-12-31, not after the day of the data and not more than sixty years before";

static int32_t take_registered(wks_own_reader *r)
{
    int32_t month, day;

    if (wks_own_value_date(wks_own_reader_cell(r, WKS_OWN_TERMS_S_REGISTERED), &month, &day)) {
        const int32_t months = months_since(r->rows, month, day);
        if (months >= 0 && months <= MAX_MONTHS) return months;
    }
    wks_own_reader_bad(r, WKS_OWN_TERMS_S_REGISTERED, date_expected);
    return 0;
}

static int32_t take_age(wks_own_reader *r)
{
    const char *text = wks_own_reader_cell(r, WKS_OWN_TERMS_S_BIRTH);
    int32_t month, day, year, age = -1;

    if (text[0] == '\0') {
        r->rows->n_empty[r->file][WKS_OWN_TERMS_S_BIRTH]++;
        return 0;
    }
    if (wks_own_value_year(text, &year)) {
        age = wks_month_year(r->rows->reference_month) - year - (wks_month_of_year(r->rows->reference_month) < 6);
    } else if (wks_own_value_date(text, &month, &day)) {
        const int32_t months = months_since(r->rows, month, day);
        age = months < 0 ? -1 : months / 12;
    }
    if (age >= 16 && age <= WKS_OWN_MAX_AGE) return age;
    wks_own_reader_bad(r, WKS_OWN_TERMS_S_BIRTH, "a birth date or year of somebody of 16 to 104 years");
    return 0;
}

static int32_t take_persons(wks_own_reader *r)
{
    const char *text = wks_own_reader_cell(r, WKS_OWN_TERMS_S_PERSONS);
    double value;

    if (text[0] != '\0' && wks_own_value_number(text, true, &value)) {
        if (value >= 1.0 && value <= 20.0 && floor(value) == value) return (int32_t)value;
        wks_own_reader_bad(r, WKS_OWN_TERMS_S_PERSONS, "a whole number of persons, 1 to 20");
        return 0;
    }
    return wks_own_reader_word(r, WKS_OWN_TERMS_S_PERSONS, 0);
}

static uint8_t take_urgency(wks_own_reader *r)
{
    int32_t month, day;

    if (wks_own_value_date(wks_own_reader_cell(r, WKS_OWN_TERMS_S_URGENCY), &month, &day)) return URGENT_SOCIAL;
    return (uint8_t)wks_own_reader_word(r, WKS_OWN_TERMS_S_URGENCY, NOT_URGENT);
}

/* Without a column of reactions everybody counts as active. */
static uint8_t take_active(wks_own_reader *r)
{
    const char *text = wks_own_reader_cell(r, WKS_OWN_TERMS_S_REACTED);
    int32_t month, day;

    if (r->column[WKS_OWN_TERMS_S_REACTED] < 0) return 1;
    if (text[0] == '\0') {
        r->rows->n_empty[r->file][WKS_OWN_TERMS_S_REACTED]++;
        return 0;
    }
    if (wks_own_value_date(text, &month, &day)) {
        const int32_t months = months_since(r->rows, month, day);
        if (months >= 0) return months < WKS_OWN_ROWS_ACTIVE_MONTHS;
    }
    wks_own_reader_bad(r, WKS_OWN_TERMS_S_REACTED, date_expected);
    return 0;
}

static wks_status take_seeker(wks_own_reader *r, wks_own_seeker *s, wks_err *err)
{
    *s = (wks_own_seeker){0};
    const wks_status rc = wks_own_reader_take_id(r, WKS_OWN_TERMS_S_ID, "seeker", s->key, err);
    if (rc != WKS_OK) return rc;
    s->buurt_row = wks_own_place(r, WKS_OWN_TERMS_S_BUURT, WKS_OWN_TERMS_S_POSTCODE);
    s->months_registered = take_registered(r);
    s->age = take_age(r);
    s->persons = take_persons(r);
    double income = wks_own_reader_number(r, WKS_OWN_TERMS_S_INCOME, -1e6, 1e6, false, "euro a year, at most a million");
    income = income < 0.0 ? 0.0 : income; /* losses of the self-employed */
    s->income_eur = isnan(income) ? (float)NAN : (float)(100.0 * floor(income / 100.0 + 0.5));
    s->urgency = take_urgency(r);
    s->is_active = take_active(r);
    return WKS_OK;
}

wks_status wks_own_seekers_read(const wks_own_rows_source *source, const wks_sheet *sheet, wks_own_rows *rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = source->problems->n_errors;
    wks_own_reader r = {.source = source, .file = WKS_OWN_TERMS_SEEKERS, .sheet = sheet, .rows = rows};

    WKS_TRY(wks_own_reader_open(&r, err));
    find_reference(&r);
    rows->seeker = wks_mem_array(sheet->n_rows, sizeof *rows->seeker);
    if (rows->seeker == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu seekers", sheet->n_rows);
    for (r.row = 0; r.row < sheet->n_rows; r.row++) {
        wks_own_seeker *s = &rows->seeker[rows->n_seekers];
        if (wks_own_reader_is_empty_row(&r)) continue;
        r.is_bad = false;
        rows->n_read[r.file]++;
        WKS_TRY(take_seeker(&r, s, err));
        rows->n_outside[r.file] += s->buurt_row == WKS_OWN_PLACE_OUTSIDE;
        rows->n_minors += !r.is_bad && s->age > 0 && s->age * 12 + 11 - s->months_registered < 18 * 12;
        rows->n_seekers += !r.is_bad && s->buurt_row >= -1;
    }
    wks_own_reader_tell_words(&r);
    wks_own_reader_check_bsn(&r, WKS_OWN_TERMS_S_ID);
    if (source->problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", sheet->path);
    if (rows->n_seekers > 1) qsort(rows->seeker, (size_t)rows->n_seekers, sizeof *rows->seeker, by_seeker_key);
out:
    wks_own_reader_close(&r);
    return rc;
}
