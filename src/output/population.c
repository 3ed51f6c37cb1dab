#include "output/population.h"

#include <stdlib.h>

#include "base/config_token.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/par.h"

/* Rows are formatted by all threads in blocks of this many, some blocks ahead of the one that is being written: text of about 1 MB a block. */
enum { BLOCK_ROWS = 4096, BLOCKS_A_THREAD = 4 };

const char *const wks_population_name[WKS_POPULATION_N] = {"households.csv",    "persons.csv", "latent.csv",
                                                           "registrations.csv", "units.csv",   "fit.csv"};
const char wks_population_about[] = "population.cfg";
const char wks_population_note[] = "units.md";
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

/* Where rows are formatted to. */
typedef struct sink {
    const wks_city *city;
    const wks_world *world;
    wks_text text;
} sink;

static void key(sink *s, uint64_t value, bool is_first)
{
    char buffer[17];

    if (!is_first) wks_text_add_char(&s->text, ',');
    if (value != 0) wks_text_add_bytes(&s->text, wks_text_key(value, buffer), 16);
}

static void word(sink *s, const char *text)
{
    wks_text_add_char(&s->text, ',');
    wks_csv_add_field(&s->text, text, ',');
}

/* A word that never needs quotes. */
static void name(sink *s, const char *text)
{
    wks_text_add_char(&s->text, ',');
    wks_text_add(&s->text, text);
}

static void number(sink *s, double value)
{
    wks_text_add_char(&s->text, ',');
    wks_text_add_number(&s->text, value);
}

static void count(sink *s, int64_t value)
{
    wks_text_add_char(&s->text, ',');
    wks_text_add_integer(&s->text, value);
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
    wks_text_add_char(&s->text, ',');
    wks_text_add_fixed(&s->text, value, 2);
}

static void euros(sink *s, float value)
{
    wks_text_add_char(&s->text, ',');
    wks_text_add_fixed(&s->text, value, 0);
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
    name(s, wks_household_type_name[wks_household_type_of(t, h)]);
    count(s, t->n_persons[h]);
    count(s, t->n_adults[h]);
    count(s, t->n_children[h]);
    count(s, t->n_home_children[h]);
    count(s, t->n_guests[h]);
    euros(s, t->income_eur[h]);
    name(s, wks_household_income_source_name[t->income_source[h]]);
    name(s, wks_dwelling_tenure_name[wks_world_tenure_of(s->world, h)]);
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
    name(s, h < 0 ? "institution" : (place == WKS_PLACE_HOUSED ? "household" : wks_household_place_name[place]));
    buurt(s, h < 0 ? wks_rare_i32(&t->institution_row, p) : wks_world_buurt_of(s->world, h));
    name(s, wks_person_sex_name[t->sex[p]]);
    month(s, t->birth_month[p]);
    count(s, wks_month_age(t->birth_month[p], s->world->month));
    name(s, wks_person_role_name[t->role[p]]);
    name(s, wks_person_origin_name[t->origin[p]]);
    count(s, t->is_student[p]);
    wks_text_add_char(&s->text, '\n');
}

static void add_latent(sink *s, int32_t h)
{
    const wks_household_table *t = &s->world->household;

    if (t->unit_row[h] >= 0) return;
    key(s, t->key[h], true);
    name(s, wks_household_place_name[t->place[h]]);
    key(s, household_key(s->world, t->host_row[h]), false);
    buurt(s, wks_world_buurt_of(s->world, h));
    for (int32_t p = t->first_person_row[h]; p >= 0; p = s->world->person.next_row[p]) {
        char buffer[17];
        wks_text_add_char(&s->text, p == t->first_person_row[h] ? ',' : ';');
        wks_text_add(&s->text, wks_text_key(s->world->person.key[p], buffer));
    }
    count(s, t->n_persons[h]);
    name(s, wks_household_type_name[wks_household_type_of(t, h)]);
    month(s, t->since_month[h]);
    month(s, t->registered_month[h]);
    month(s, t->search_month[h]);
    euros(s, t->income_eur[h]);
    name(s, wks_household_income_source_name[t->income_source[h]]);
    name(s, wks_household_referral_name[t->referral[h]]);
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
    name(s, wks_registration_state_name[t->state[r]]);
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
    name(s, wks_dwelling_unit_kind_name[t->kind[u]]);
    buurt(s, dwelling->buurt_row[d]);
    key(s, s->world->complex.key[c], false);
    name(s, wks_dwelling_owner_kind_name[owner->kind[o]]);
    wks_text_add_char(&s->text, '-');
    wks_text_add_integer(&s->text, owner->number[o]);
    name(s, wks_dwelling_tenure_name[dwelling->tenure[d]]);
    name(s, wks_dwelling_type_name[dwelling->type[d]]);
    name(s, wks_dwelling_label_name[dwelling->label[d]]);
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

/* --- a table ---------------------------------------------------------------------------------------------------------- */

/* One table being written: every round, the texts of the round before are put into the file while those of this one are made. */
typedef struct writing {
    const wks_synth_report *report;
    wks_population_table table;
    const uint64_t *key; /* of the rows; 0: no such row */
    int32_t n_rows, first_row;
    int32_t n_blocks; /* of a round */
    sink *made, *ready;
    bool is_private; /* rows of real dwellings */
    wks_file_writer file;
    wks_status rc;
    wks_err err;
} writing;

static wks_status put_ready(writing *w, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < w->n_blocks; i++) {
        wks_text *text = &w->ready[i].text;
        if (text->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rows of %s", w->file.path);
        if (text->length > 0) WKS_TRY(wks_file_writer_put(&w->file, text->data, text->length, err));
        wks_text_clear(text);
    }
out:
    return rc;
}

static void add_rows(const writing *w, sink *s, int32_t begin, int32_t end)
{
    static void (*const add[WKS_POPULATION_N])(sink * s, int32_t row) = {add_household,    add_person, add_latent,
                                                                         add_registration, add_unit,   NULL};

    for (int32_t row = begin; row < end; row++) {
        if (w->table == WKS_POPULATION_FIT) {
            add_fit(s, &w->report->row[row]);
        } else if (w->key[row] != 0) {
            add[w->table](s, row);
        }
    }
}

/* Item 0 writes, the others make a block each. */
static void round_item(int64_t begin, int64_t end, int64_t block, void *context)
{
    writing *w = context;

    (void)block;
    for (int64_t item = begin; item < end; item++) {
        if (item == 0) {
            w->rc = put_ready(w, &w->err);
            continue;
        }
        const int64_t first = w->first_row + (item - 1) * BLOCK_ROWS, last = first + BLOCK_ROWS;
        if (first < w->n_rows) add_rows(w, &w->made[item - 1], (int32_t)first, (int32_t)(last < w->n_rows ? last : w->n_rows));
    }
}

static wks_status write_rows(writing *w, int threads, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool is_last = false;

    wks_text_add(&w->ready[0].text, wks_population_header[w->table]);
    while (!is_last) { /* the last round has nothing to make */
        is_last = w->first_row >= w->n_rows;
        wks_par_for(1 + w->n_blocks, 1, threads, round_item, w);
        if (w->rc != WKS_OK) WKS_FAIL(err, w->rc, "%s", w->err.message);
        sink *made = w->made;
        w->made = w->ready;
        w->ready = made;
        const int64_t next = w->first_row + (int64_t)w->n_blocks * BLOCK_ROWS;
        w->first_row = next < w->n_rows ? (int32_t)next : w->n_rows;
    }
out:
    return rc;
}

static wks_status write_table(const char *folder, const wks_world *world, writing *w, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_columns *const base[WKS_POPULATION_N] = {&world->household.base,    &world->person.base, &world->household.base,
                                                       &world->registration.base, &world->unit.base,   NULL};
    const uint64_t *const key[WKS_POPULATION_N] = {world->household.key,    world->person.key, world->household.key,
                                                   world->registration.key, world->unit.key,   NULL};
    char *path = wks_file_join(folder, wks_population_name[w->table]);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    w->key = key[w->table];
    w->n_rows = base[w->table] == NULL ? w->report->n_rows : base[w->table]->n_rows;
    w->first_row = 0;
    WKS_TRY(wks_file_writer_open(path, &w->file, err));
    if (w->is_private) WKS_TRY(wks_file_writer_make_private(&w->file, err));
    WKS_TRY(write_rows(w, world->threads, err));
    WKS_TRY(wks_file_writer_commit(&w->file, err));
out:
    wks_file_writer_discard(&w->file);
    free(path);
    return rc;
}

/* Which city it was made of: the tables know codes only. */
static wks_status write_about(const char *folder, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, wks_population_about);
    wks_text text = WKS_TEXT_INIT;

    wks_text_add(&text, "// Made by wijksim synth. Which city the population of this folder was made of.\nname = ");
    wks_config_token_add_string(&text, city->name);
    wks_text_add(&text, ";\ntitle = ");
    wks_config_token_add_string(&text, city->title == NULL || city->title[0] == '\0' ? city->name : city->title);
    wks_text_add(&text, ";\n");
    if (path == NULL || text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", wks_population_about);
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    free(path);
    return rc;
}

/* Beside rows of real dwellings: what they are. */
static wks_status write_note(const char *folder, wks_err *err)
{
    static const char note[] =
        "# Own data\n\nunits.csv holds real dwellings of a corporatie: area, points and rents as its own data have them, under other\n"
        "numbers. Keep this folder inside the organisation, as own_dwellings.csv of the city. Who lives there is synthetic.\n";
    char *path = wks_file_join(folder, wks_population_note);
    const wks_status rc =
        path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_file_write(path, note, sizeof note - 1, err);

    free(path);
    return rc;
}

wks_status wks_population_write(const char *folder, const wks_city *city, const wks_world *world, const wks_synth_report *report,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_blocks = BLOCKS_A_THREAD * (world->threads > 1 ? world->threads : 1);
    sink *text = wks_mem_array(2 * (size_t)n_blocks, sizeof *text);
    writing w = {.report = report, .n_blocks = n_blocks, .made = text, .is_private = city->own.is_there, .err = WKS_ERR_INIT};

    if (text == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the tables of a population");
    w.ready = text + n_blocks;
    for (int32_t i = 0; i < 2 * n_blocks; i++)
        text[i] = (sink){.city = city, .world = world, .text = WKS_TEXT_INIT};
    for (int32_t i = 0; i < WKS_POPULATION_N; i++) {
        if (city->own.is_there && i != WKS_POPULATION_UNITS && i != WKS_POPULATION_FIT) continue; /* rows of people could be real ones */
        w.table = (wks_population_table)i;
        WKS_TRY(write_table(folder, world, &w, err));
    }
    WKS_TRY(write_about(folder, city, err));
    if (city->own.is_there) WKS_TRY(write_note(folder, err));
out:
    for (int32_t i = 0; text != NULL && i < 2 * n_blocks; i++)
        wks_text_free(&text[i].text);
    free(text);
    return rc;
}
