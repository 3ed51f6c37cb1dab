#include "output/population.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/month.h"

enum { FLUSH = 1 << 20 };

const char *const wks_population_name[WKS_POPULATION_N] = {"households.csv",    "persons.csv", "latent.csv",
                                                           "registrations.csv", "units.csv",   "fit.csv"};
const char *const wks_population_header[WKS_POPULATION_N] = {
    ("household,unit,buurt,type,n_persons,n_adults,n_children,n_home_children,n_guests,income_eur,income_source,tenure,since_month,"
     "registered_month,"
     "search_month,region_month,kin_buurt,equity_eur,is_student,temporary,psychiatric,lvb,addiction,debt,frail,nuisance\n"),
    "person,household,place,buurt,sex,birth_month,age,role,origin,is_student\n",
    ("latent,kind,host,buurt,members,n_persons,type,since_month,registered_month,search_month,income_eur,income_source,referral,is_student,"
     "psychiatric,"
     "lvb,addiction,debt,frail,nuisance\n"),
    "registration,person,household,since,state\n",
    ("unit,dwelling,kind,buurt,complex,owner,tenure,dwelling_type,label,rooms,area_m2,wws_points,rent_eur,value_eur,household,vacant_since,"
     "lettable_from\n"),
    "level,area,margin,category,published,reconciled,met,origin\n",
};

/* One file being written in pieces. */
typedef struct sink {
    const wks_city *city;
    const wks_world *world;
    wks_file_writer file;
    wks_text text;
} sink;

static wks_status flush(sink *s, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (s->text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rows of %s", s->file.path);
    if (s->text.length > 0) WKS_TRY(wks_file_writer_put(&s->file, s->text.data, s->text.length, err));
    wks_text_clear(&s->text);
out:
    return rc;
}

/* Separators stand before every field but the first. */
static void key(sink *s, uint64_t value, bool is_first)
{
    char buffer[17];

    if (!is_first) wks_text_add_char(&s->text, ',');
    if (value != 0) wks_text_add(&s->text, wks_text_key(value, buffer));
}

static void word(sink *s, const char *text)
{
    wks_text_add_char(&s->text, ',');
    wks_csv_add_field(&s->text, text, ',');
}

static void number(sink *s, double value)
{
    wks_text_add_char(&s->text, ',');
    wks_text_add_number(&s->text, value);
}

static void count(sink *s, int64_t value)
{
    wks_text_addf(&s->text, ",%lld", (long long)value);
}

static void month(sink *s, int32_t value)
{
    char buffer[8];

    wks_text_add_char(&s->text, ',');
    if (value >= 0) wks_text_add(&s->text, wks_text_month(value, buffer));
}

static void buurt(sink *s, int32_t row)
{
    word(s, row < 0 ? "" : s->city->buurt[row].code);
}

static void cents(sink *s, float value)
{
    wks_text_addf(&s->text, ",%.2f", (double)value);
}

static void euros(sink *s, float value)
{
    wks_text_addf(&s->text, ",%.0f", (double)value);
}

static void flags(sink *s, int32_t household)
{
    static const uint16_t flag[6] = {WKS_VULNERABLE_PSYCHIATRIC, WKS_VULNERABLE_LVB,   WKS_VULNERABLE_ADDICTION,
                                     WKS_VULNERABLE_DEBT,        WKS_VULNERABLE_FRAIL, WKS_VULNERABLE_NUISANCE};

    for (int32_t i = 0; i < 6; i++)
        count(s, (s->world->household.vulnerability[household] & flag[i]) != 0);
}

static uint64_t household_key(const wks_world *world, int32_t row)
{
    return row < 0 ? 0 : world->household.key[row];
}

static void add_household(sink *s, int32_t h)
{
    const wks_household_table *t = &s->world->household;
    const int32_t unit = t->unit_row[h];

    if (unit < 0) return;
    key(s, t->key[h], true);
    key(s, s->world->unit.key[unit], false);
    buurt(s, wks_world_buurt_of(s->world, h));
    word(s, wks_household_type_name[wks_household_type_of(t, h)]);
    count(s, t->n_persons[h]);
    count(s, t->n_adults[h]);
    count(s, t->n_children[h]);
    count(s, t->n_home_children[h]);
    count(s, t->n_guests[h]);
    euros(s, t->income_eur[h]);
    word(s, wks_household_income_source_name[t->income_source[h]]);
    word(s, wks_dwelling_tenure_name[wks_world_tenure_of(s->world, h)]);
    month(s, t->since_month[h]);
    month(s, t->registered_month[h]);
    month(s, t->search_month[h]);
    month(s, t->region_month[h]);
    buurt(s, t->kin_buurt_row[h]);
    euros(s, t->equity_eur[h]);
    count(s, t->is_student[h]);
    count(s, t->temporary[h]);
    flags(s, h);
    wks_text_add_char(&s->text, '\n');
}

static void add_person(sink *s, int32_t p)
{
    const wks_person_table *t = &s->world->person;
    const int32_t h = t->household_row[p];
    const int32_t place = h < 0 ? -1 : s->world->household.place[h];
    const int32_t home =
        h < 0 ? -1 : (s->world->household.host_row[h] >= 0 ? s->world->household.host_row[h] : (place == WKS_PLACE_HOUSED ? h : -1));

    key(s, t->key[p], true);
    key(s, household_key(s->world, home), false);
    word(s, h < 0 ? "institution" : (place == WKS_PLACE_HOUSED ? "household" : wks_household_place_name[place]));
    buurt(s, h < 0 ? t->institution_row[p] : wks_world_buurt_of(s->world, h));
    word(s, wks_person_sex_name[t->sex[p]]);
    month(s, t->birth_month[p]);
    count(s, wks_month_age(t->birth_month[p], s->world->month));
    word(s, wks_person_role_name[t->role[p]]);
    word(s, wks_person_origin_name[t->origin[p]]);
    count(s, t->is_student[p]);
    wks_text_add_char(&s->text, '\n');
}

static void add_latent(sink *s, int32_t h)
{
    const wks_household_table *t = &s->world->household;

    if (t->unit_row[h] >= 0) return;
    key(s, t->key[h], true);
    word(s, wks_household_place_name[t->place[h]]);
    key(s, household_key(s->world, t->host_row[h]), false);
    buurt(s, wks_world_buurt_of(s->world, h));
    for (int32_t p = t->first_person_row[h]; p >= 0; p = s->world->person.next_row[p]) {
        char buffer[17];
        wks_text_add_char(&s->text, p == t->first_person_row[h] ? ',' : ';');
        wks_text_add(&s->text, wks_text_key(s->world->person.key[p], buffer));
    }
    count(s, t->n_persons[h]);
    word(s, wks_household_type_name[wks_household_type_of(t, h)]);
    month(s, t->since_month[h]);
    month(s, t->registered_month[h]);
    month(s, t->search_month[h]);
    euros(s, t->income_eur[h]);
    word(s, wks_household_income_source_name[t->income_source[h]]);
    word(s, wks_household_referral_name[t->referral[h]]);
    count(s, t->is_student[h]);
    flags(s, h);
    wks_text_add_char(&s->text, '\n');
}

static void add_registration(sink *s, int32_t r)
{
    const wks_registration_table *t = &s->world->registration;
    const int32_t p = t->person_row[r];

    key(s, t->key[r], true);
    key(s, s->world->person.key[p], false);
    key(s, household_key(s->world, s->world->person.household_row[p]), false);
    month(s, t->since_month[r]);
    word(s, wks_registration_state_name[t->state[r]]);
    wks_text_add_char(&s->text, '\n');
}

static void add_unit(sink *s, int32_t u)
{
    const wks_unit_table *t = &s->world->unit;
    const wks_dwelling_table *dwelling = &s->world->dwelling;
    const wks_owner_table *owner = &s->world->owner;
    const int32_t d = t->dwelling_row[u], c = dwelling->complex_row[d], o = s->world->complex.owner_row[c];

    key(s, t->key[u], true);
    key(s, dwelling->key[d], false);
    word(s, wks_dwelling_unit_kind_name[t->kind[u]]);
    buurt(s, dwelling->buurt_row[d]);
    key(s, s->world->complex.key[c], false);
    wks_text_addf(&s->text, ",%s-%d", wks_dwelling_owner_kind_name[owner->kind[o]], owner->number[o]);
    word(s, wks_dwelling_tenure_name[dwelling->tenure[d]]);
    word(s, wks_dwelling_type_name[dwelling->type[d]]);
    word(s, wks_dwelling_label_name[dwelling->label[d]]);
    count(s, dwelling->rooms[d]);
    number(s, (double)dwelling->area_m2[d]);
    count(s, dwelling->wws_points[d]);
    cents(s, t->rent_eur[u]);
    euros(s, dwelling->value_eur[d]);
    key(s, household_key(s->world, t->household_row[u]), false);
    month(s, t->vacant_month[u]);
    month(s, t->household_row[u] >= 0 || t->lettable_month[u] >= WKS_SYNTH_NEVER_MONTH ? WKS_NO_MONTH : t->lettable_month[u]);
    wks_text_add_char(&s->text, '\n');
}

static void add_fit(sink *s, const wks_fit_row *row)
{
    wks_csv_add_field(&s->text, row->level, ',');
    word(s, row->area);
    word(s, row->margin);
    word(s, row->category);
    number(s, row->published);
    count(s, row->reconciled);
    count(s, row->met);
    word(s, row->origin);
    wks_text_add_char(&s->text, '\n');
}

/* Rows of one table of the world, or of the report. */
static wks_status add_rows(sink *s, wks_population_table table, const wks_synth_report *report, wks_err *err)
{
    static void (*const add[WKS_POPULATION_N])(sink * s, int32_t row) = {add_household,    add_person, add_latent,
                                                                         add_registration, add_unit,   NULL};
    wks_status rc = WKS_OK;
    const wks_world *w = s->world;
    const uint64_t *const live[WKS_POPULATION_N] = {w->household.key,    w->person.key, w->household.key,
                                                    w->registration.key, w->unit.key,   NULL};
    const int32_t n_rows[WKS_POPULATION_N] = {w->household.base.n_rows,    w->person.base.n_rows, w->household.base.n_rows,
                                              w->registration.base.n_rows, w->unit.base.n_rows,   report->n_rows};

    for (int32_t row = 0; row < n_rows[table]; row++) {
        if (table == WKS_POPULATION_FIT) {
            add_fit(s, &report->row[row]);
        } else if (live[table][row] != 0) {
            add[table](s, row);
        }
        if (s->text.length >= FLUSH) WKS_TRY(flush(s, err));
    }
    WKS_TRY(flush(s, err));
out:
    return rc;
}

static wks_status write_table(const char *folder, sink *s, wks_population_table table, const wks_synth_report *report, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, wks_population_name[table]);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_writer_open(path, &s->file, err));
    wks_text_clear(&s->text);
    wks_text_add(&s->text, wks_population_header[table]);
    WKS_TRY(add_rows(s, table, report, err));
    WKS_TRY(wks_file_writer_commit(&s->file, err));
out:
    wks_file_writer_discard(&s->file);
    free(path);
    return rc;
}

wks_status wks_population_write(const char *folder, const wks_city *city, const wks_world *world, const wks_synth_report *report,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    sink s = {.city = city, .world = world, .text = WKS_TEXT_INIT};

    for (int32_t i = 0; i < WKS_POPULATION_N; i++) {
        if (city->own.is_there && i != WKS_POPULATION_UNITS && i != WKS_POPULATION_FIT) continue; /* rows of people could be real ones */
        WKS_TRY(write_table(folder, &s, (wks_population_table)i, report, err));
    }
out:
    wks_text_free(&s.text);
    return rc;
}
