#include "support/fixture_world.h"

#include "base/text.h"
#include "support/check.h"
#include "world/check.h"
#include "world/relations.h"

const char wks_fixture_world_ten[] =
    "month 2025-01\n"
    "buurten 3\n"
    "unit u1 buurt=0 tenure=social rent=650 rooms=4 points=140\n"
    "unit u2 buurt=0 tenure=social rent=560 rooms=2 points=110 accessible=1\n"
    "unit u3 buurt=0 tenure=social rent=600 rooms=3 points=120\n"
    "unit u4 buurt=1 tenure=owner value=420000 rooms=5 type=single_family\n"
    "unit u5 buurt=1 tenure=private_rent rent=1250 rooms=3 points=190\n"
    "unit u6 buurt=1 tenure=private_rent rent=500 units=3 rooms=4\n"
    "unit u7 buurt=2 tenure=social rent=520 rooms=2 points=105 label=senior\n"
    "unit u8 buurt=2 tenure=corporatie_free rent=950 rooms=4 points=170\n"
    "unit v1 buurt=0 tenure=social rent=630 rooms=3 points=130\n"
    "unit v2 buurt=2 tenure=social rent=580 rooms=2 points=115\n"
    "household h1 unit=u1 income=38000 members=44m,42f,12f,9m source=work since=2014-03 region=2001-01\n"
    "household h2 unit=u2 income=15500 members=81f source=pension since=1999-06 region=1980-01 vulnerable=frail kin=0\n"
    "household h3 unit=u3 income=17800 members=38f,8m source=benefit since=2021-05 region=2012-01 registered=2012-02 active=1 "
    "search=2024-07\n"
    "household h4 unit=u4 income=92000 members=51m,50f,15f equity=180000 since=2009-01 region=2000-01\n"
    "household h5 unit=u5 income=46000 members=31f,33m registered=2018-04 since=2022-01 region=2018-01\n"
    "household h6 unit=u6.0 income=9000 members=21m student=1 source=study since=2023-09 region=2023-09 temporary=1\n"
    "household h7 unit=u7 income=19500 members=77m,75f source=pension since=2016-02 region=1990-01\n"
    "household h8 place=at_parents host=h1 income=21000 members=23m registered=2020-01 active=1 search=2024-01 since=2024-01 "
    "region=2001-01 kin=0\n"
    "household h9 place=ex_partner host=h5 income=27500 members=36m,6f registered=2024-03 active=1 urgency=social until=2025-09 "
    "since=2024-11 "
    "search=2024-11 region=2015-01\n"
    "household h10 place=coa income=14000 members=34m,33f,4m,1f origin=outside_europe referral=statushouder source=benefit since=2024-08 "
    "region=2024-08\n"
    "resident r1 buurt=2 member=86f\n"
    "resident r2 buurt=2 member=29m\n";

enum { LINE_SIZE = 512, MAX_FIELDS = 40 };

typedef struct field {
    const char *name, *value;
    bool is_used;
} field;

typedef struct line {
    wks_world *world;
    const char *text; /* for messages */
    const char *name; /* second word */
    field item[MAX_FIELDS];
    int32_t n;
} line;

static const char *take(line *at, const char *name)
{
    for (int32_t i = 0; i < at->n; i++) {
        if (strcmp(at->item[i].name, name) != 0) continue;
        at->item[i].is_used = true;
        return at->item[i].value;
    }
    return NULL;
}

static double take_number(line *at, const char *name, double absent)
{
    const char *value = take(at, name);
    double number = absent;

    if (value != NULL && !wks_text_parse_double(value, &number)) fail_msg("fixture '%s': %s is not a number", at->text, name);
    return number;
}

static int32_t take_month(line *at, const char *name, int32_t absent)
{
    const char *value = take(at, name);
    int32_t month = absent;

    if (value != NULL && !wks_text_parse_month(value, &month)) fail_msg("fixture '%s': %s is not a month", at->text, name);
    return month;
}

static int32_t choice_of(const line *at, const char *value, const char *const *choice, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(choice[i], value) == 0) return i;
    }
    fail_msg("fixture '%s': '%s' is not known", at->text, value);
    return 0;
}

static uint8_t take_choice(line *at, const char *name, const char *const *choice, int32_t n, int32_t absent)
{
    const char *value = take(at, name);

    return (uint8_t)(value == NULL ? absent : choice_of(at, value, choice, n));
}

static int32_t row_of(const char *name, const wks_columns *base, const uint64_t *keys)
{
    const uint64_t key = wks_text_hash(name);

    for (int32_t row = 0; row < base->n_rows; row++) {
        if (keys[row] == key) return row;
    }
    fail_msg("fixture: there is no '%s'", name);
    return WKS_NONE;
}

int32_t wks_fixture_world_household(const wks_world *world, const char *name)
{
    return row_of(name, &world->household.base, world->household.key);
}

int32_t wks_fixture_world_unit(const wks_world *world, const char *name)
{
    return row_of(name, &world->unit.base, world->unit.key);
}

int32_t wks_fixture_world_person(const wks_world *world, const char *name)
{
    return row_of(name, &world->person.base, world->person.key);
}

static void make_buurten(wks_world *world, int32_t n)
{
    wks_err err = WKS_ERR_INIT;
    char name[32];

    for (int32_t b = 0; b < n; b++) {
        int32_t row;
        (void)snprintf(name, sizeof name, "buurt-%d", b);
        assert_ok(wks_columns_add(&world->buurt, &wks_buurt_info, wks_text_hash(name), &row, &err), &err);
        world->buurt.wijk_row[row] = b / 2;
        world->buurt.price[row] = world->buurt.meeting[row] = 1.0;
    }
    world->n_wijken = (n + 1) / 2;
}

static int32_t owner_of(wks_world *world, wks_owner_kind kind)
{
    const uint64_t key = wks_text_hash(wks_dwelling_owner_kind_name[kind]);
    wks_err err = WKS_ERR_INIT;
    int32_t row;

    for (row = 0; row < world->owner.base.n_rows; row++) {
        if (world->owner.key[row] == key) return row;
    }
    assert_ok(wks_columns_add(&world->owner, &wks_owner_info, key, &row, &err), &err);
    world->owner.number[row] = 1;
    world->owner.kind[row] = (uint8_t)kind;
    return row;
}

static int32_t complex_of(wks_world *world, int32_t buurt_row, wks_tenure tenure)
{
    char name[48];
    wks_err err = WKS_ERR_INIT;
    int32_t row;

    (void)snprintf(name, sizeof name, "complex-%d-%s", buurt_row, wks_dwelling_tenure_name[tenure]);
    for (row = 0; row < world->complex.base.n_rows; row++) {
        if (world->complex.key[row] == wks_text_hash(name)) return row;
    }
    const wks_owner_kind kind = tenure == WKS_TENURE_OWNER          ? WKS_OWNER_OCCUPIER
                                : tenure == WKS_TENURE_PRIVATE_RENT ? WKS_OWNER_PRIVATE_LANDLORD
                                                                    : WKS_OWNER_CORPORATIE;
    const int32_t owner_row = owner_of(world, kind);
    assert_ok(wks_columns_add(&world->complex, &wks_complex_info, wks_text_hash(name), &row, &err), &err);
    world->complex.buurt_row[row] = buurt_row;
    world->complex.owner_row[row] = owner_row;
    world->complex.rent_factor[row] = 0.8f;
    return row;
}

static void add_units(line *at)
{
    wks_world *world = at->world;
    wks_err err = WKS_ERR_INIT;
    const int32_t buurt_row = (int32_t)take_number(at, "buurt", 0);
    const int32_t n_units = (int32_t)take_number(at, "units", 1);
    const wks_tenure tenure = take_choice(at, "tenure", wks_dwelling_tenure_name, WKS_N_TENURES, WKS_TENURE_SOCIAL);
    const wks_dwelling_type type = take_choice(at, "type", wks_dwelling_type_name, WKS_N_DWELLING_TYPES, WKS_DWELLING_APARTMENT);
    const double rent = take_number(at, "rent", 0.0);
    char name[64];
    int32_t d;

    assert_in_range(buurt_row, 0, world->buurt.base.n_rows - 1);
    assert_ok(wks_relations_dwelling_add(world, wks_text_hash(at->name), complex_of(world, buurt_row, tenure), tenure, type, n_units,
                                         take_month(at, "lettable", world->month), &d, &err),
              &err);
    world->dwelling.portiek[d] = (int32_t)take_number(at, "portiek", 1 + 4 * buurt_row + (int32_t)tenure);
    if (world->n_portieken < world->dwelling.portiek[d]) world->n_portieken = world->dwelling.portiek[d];
    world->dwelling.rent_eur[d] = (float)(take_number(at, "asked", rent) * n_units);
    world->dwelling.value_eur[d] = (float)take_number(at, "value", 300000.0);
    world->dwelling.rooms[d] = (uint8_t)take_number(at, "rooms", 3);
    world->dwelling.area_m2[d] = (float)take_number(at, "area", 25.0 * world->dwelling.rooms[d]);
    world->dwelling.wws_points[d] = (int16_t)take_number(at, "points", 130);
    world->dwelling.label[d] = take_choice(at, "label", wks_dwelling_label_name, WKS_N_LABELS, WKS_LABEL_NONE);
    world->dwelling.accessible[d] = (uint8_t)take_number(at, "accessible", 0);
    const uint8_t chain = (uint8_t)take_number(at, "chain", 0);
    int32_t i = 0;
    for (int32_t u = world->dwelling.first_unit_row[d]; u != WKS_NONE; u = world->unit.next_row[u], i++) {
        (void)snprintf(name, sizeof name, n_units == 1 ? "%s" : "%s.%d", at->name, i);
        world->unit.key[u] = wks_text_hash(name);
        world->unit.rent_eur[u] = (float)rent;
        world->unit.chain[u] = chain;
    }
}

/* "42m" or "42m:child" */
static int32_t add_member(line *at, int32_t household_row, int32_t index, char *text, wks_origin origin)
{
    wks_world *world = at->world;
    char *role_name = strchr(text, ':');
    const size_t length = role_name == NULL ? strlen(text) : (size_t)(role_name - text);
    const int32_t age = atoi(text);
    wks_role role = index == 0 ? WKS_ROLE_HEAD : age < 18 ? WKS_ROLE_CHILD : index == 1 ? WKS_ROLE_PARTNER : WKS_ROLE_OTHER;
    wks_err err = WKS_ERR_INIT;
    char name[64];
    int32_t row;

    if (length < 2 || strchr("mf", text[length - 1]) == NULL) fail_msg("fixture '%s': member '%s' is not like 42m", at->text, text);
    if (role_name != NULL) role = (wks_role)choice_of(at, role_name + 1, wks_person_role_name, WKS_N_ROLES);
    (void)snprintf(name, sizeof name, "%s/%d", at->name, index);
    const wks_sex sex = text[length - 1] == 'm' ? WKS_SEX_MAN : WKS_SEX_WOMAN;
    const int32_t birth_month = world->month - 12 * age - 6;
    if (household_row == WKS_NONE)
        assert_ok(wks_relations_resident_add(world, wks_text_hash(at->name), (int32_t)take_number(at, "buurt", 0), sex, origin, birth_month,
                                             &row, &err),
                  &err);
    else
        assert_ok(wks_relations_person_add(world, wks_text_hash(name), household_row, sex, role, origin, birth_month, &row, &err), &err);
    return row;
}

static char *copy_of(line *at, const char *name, char *buffer)
{
    const char *value = take(at, name);

    if (value == NULL) fail_msg("fixture '%s': %s is missing", at->text, name);
    (void)snprintf(buffer, LINE_SIZE, "%s", value);
    return buffer;
}

static void add_members(line *at, int32_t h)
{
    wks_world *world = at->world;
    const wks_origin origin = take_choice(at, "origin", wks_person_origin_name, WKS_N_ORIGINS, WKS_ORIGIN_NL);
    const int32_t registered = take_month(at, "registered", WKS_NO_MONTH);
    const double points = take_number(at, "points", 0.0);
    const bool is_active = take_number(at, "active", 0) != 0;
    const bool is_student = take_number(at, "student", 0) != 0;
    wks_err err = WKS_ERR_INIT;
    char buffer[LINE_SIZE], *rest = NULL;
    int32_t index = 0;

    for (char *m = strtok_r(copy_of(at, "members", buffer), ",", &rest); m != NULL; m = strtok_r(NULL, ",", &rest), index++) {
        const int32_t p = add_member(at, h, index, m, origin);
        if (index > 0) continue;
        world->person.is_student[p] = is_student;
        world->household.is_student[h] = is_student;
        if (registered == WKS_NO_MONTH) continue;
        assert_ok(wks_relations_register(world, p, registered, &err), &err);
        const int32_t r = world->person.registration_row[p];
        world->registration.search_points[r] = (float)points;
        world->registration.state[r] = is_active ? WKS_REGISTRATION_ACTIVE : WKS_REGISTRATION_DORMANT;
    }
}

static uint16_t take_vulnerability(line *at)
{
    static const char *const flag[] = {"psychiatric", "lvb", "addiction", "debt", "frail", "nuisance"};
    const char *value = take(at, "vulnerable");
    char buffer[LINE_SIZE], *rest = NULL;
    uint16_t bits = 0;

    if (value == NULL) return 0;
    (void)snprintf(buffer, sizeof buffer, "%s", value);
    for (char *v = strtok_r(buffer, "+", &rest); v != NULL; v = strtok_r(NULL, "+", &rest))
        bits = (uint16_t)(bits | 1 << choice_of(at, v, flag, 6));
    return bits;
}

static void set_household(line *at, int32_t h)
{
    wks_household_table *household = &at->world->household;

    household->since_month[h] = wks_month_cell(take_month(at, "since", at->world->month - 36));
    household->region_month[h] = wks_month_cell(take_month(at, "region", household->since_month[h]));
    household->spell_month[h] = household->change_month[h] = household->since_month[h];
    household->search_month[h] = wks_month_cell(take_month(at, "search", WKS_NO_MONTH));
    household->urgency_month[h] = wks_month_cell(take_month(at, "until", WKS_NO_MONTH));
    household->kin_buurt_row[h] = (int32_t)take_number(at, "kin", WKS_NONE);
    household->income_eur[h] = (float)take_number(at, "income", 0.0);
    household->equity_eur[h] = (float)take_number(at, "equity", 0.0);
    household->vulnerability[h] = take_vulnerability(at);
    household->n_reactions[h] = (uint16_t)take_number(at, "reactions", 0);
    household->n_refusals[h] = (uint16_t)take_number(at, "refusals", 0);
    household->arrears_months[h] = (uint8_t)take_number(at, "arrears", 0);
    household->temporary[h] = (uint8_t)take_number(at, "temporary", 0);
    household->income_source[h] = take_choice(at, "source", wks_household_income_source_name, WKS_N_INCOME_SOURCES, WKS_INCOME_WORK);
    household->referral[h] = take_choice(at, "referral", wks_household_referral_name, WKS_N_REFERRALS, WKS_REFERRAL_NONE);
    household->urgency[h] = take_choice(at, "urgency", wks_household_urgency_name, WKS_N_URGENCIES, WKS_URGENCY_NONE);
}

static void add_household(line *at)
{
    wks_world *world = at->world;
    const char *unit = take(at, "unit"), *host = take(at, "host"), *reserved = take(at, "reserved");
    const wks_place place = take_choice(at, "place", wks_household_place_name, WKS_N_PLACES, WKS_PLACE_HOUSED);
    wks_err err = WKS_ERR_INIT;
    int32_t h;

    if ((unit != NULL) != (place == WKS_PLACE_HOUSED)) fail_msg("fixture '%s': needs a unit or a place", at->text);
    assert_ok(wks_relations_household_add(world, wks_text_hash(at->name), place,
                                          host == NULL ? WKS_NONE : wks_fixture_world_household(world, host), &h, &err),
              &err);
    if (world->household.place[h] != place) fail_msg("fixture '%s': this place needs a housed host", at->text);
    if (unit != NULL) assert_ok(wks_relations_place_at_start(world, h, wks_fixture_world_unit(world, unit), &err), &err);
    add_members(at, h);
    set_household(at, h);
    for (int32_t p = world->household.first_person_row[h]; p >= 0;
         p = world->person.next_row[p]) { /* a search began with a first reaction */
        if (world->person.registration_row[p] >= 0)
            world->registration.first_month[world->person.registration_row[p]] = world->household.search_month[h];
    }
    if (reserved != NULL) wks_relations_reserve(world, wks_fixture_world_unit(world, reserved), h);
}

static void add_resident(line *at)
{
    char buffer[LINE_SIZE];

    (void)add_member(at, WKS_NONE, 0, copy_of(at, "member", buffer), WKS_ORIGIN_NL);
}

/* Cuts "name=value" words. */
static void read_fields(line *at, char **rest)
{
    for (char *word = strtok_r(NULL, " ", rest); word != NULL; word = strtok_r(NULL, " ", rest)) {
        char *equals = strchr(word, '=');
        if (equals == NULL || at->n == MAX_FIELDS) fail_msg("fixture '%s': '%s' is not name=value", at->text, word);
        *equals = '\0';
        at->item[at->n++] = (field){word, equals + 1, false};
    }
}

static void read_line(wks_world *world, const char *text)
{
    char words[LINE_SIZE], *rest = NULL;
    line at = {.world = world, .text = text};

    (void)snprintf(words, sizeof words, "%s", text);
    words[strcspn(words, "#")] = '\0';
    const char *kind = strtok_r(words, " ", &rest);
    if (kind == NULL) return;
    at.name = strtok_r(NULL, " ", &rest);
    if (at.name == NULL) fail_msg("fixture '%s': a name is missing", text);
    read_fields(&at, &rest);
    if (strcmp(kind, "month") == 0) {
        if (!wks_text_parse_month(at.name, &world->month)) fail_msg("fixture '%s': not a month", text);
        world->start_month = world->month;
        return;
    }
    if (strcmp(kind, "buurten") == 0) {
        make_buurten(world, atoi(at.name));
        return;
    }
    if (world->buurt.base.n_rows == 0) make_buurten(world, 2);
    if (strcmp(kind, "unit") == 0)
        add_units(&at);
    else if (strcmp(kind, "household") == 0)
        add_household(&at);
    else if (strcmp(kind, "resident") == 0)
        add_resident(&at);
    else
        fail_msg("fixture '%s': '%s' is not month, buurten, unit, household or resident", text, kind);
    for (int32_t i = 0; i < at.n; i++) {
        if (!at.item[i].is_used) fail_msg("fixture '%s': '%s' is not known", text, at.item[i].name);
    }
}

void wks_fixture_world_make(wks_world *world, const char *text)
{
    wks_err err = WKS_ERR_INIT;
    char buffer[LINE_SIZE];

    wks_world_init(world);
    world->month = world->start_month = 2025 * 12;
    while (*text != '\0') {
        const size_t n = strcspn(text, "\n");
        if (n >= sizeof buffer) fail_msg("fixture: a line is longer than %zu", sizeof buffer - 1);
        memcpy(buffer, text, n);
        buffer[n] = '\0';
        read_line(world, buffer);
        text += n + (text[n] == '\n');
    }
    wks_world_clear_flows(world);
    assert_ok(wks_check_structure(world, &err), &err);
}
