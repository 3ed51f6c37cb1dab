#include "output/tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"

const char *const wks_tables_name[WKS_TABLES_N] = {"city.csv",  "buurt.csv",        "lettings.csv", "compliance.csv", "budget.csv",
                                                   "flows.csv", "destinations.csv", "monitor.csv",  "queue.csv"};
const char *const wks_tables_header[WKS_TABLES_N] = {
    "scenario,replication,tick,date,indicator,group,scale,value\n",
    "scenario,replication,tick,date,level,area,indicator,group,value\n",
    ("scenario,replication,tick,date,letting,unit,buurt,complex,owner,channel,rent_eur,candidates,rank,refusals,household,"
     "months_registered,months_searching,income_eur,groups,urgency,from_area,chain,reason,order_key,excluded\n"),
    "scenario,replication,year,owner,rule,required,achieved,met,months\n",
    "scenario,replication,year,owner,item,measured_in,amount\n",
    "scenario,replication,year,from_area,to_area,group,moves\n",
    "scenario,replication,cause,from_area,destination,to_area,distance,households,leefbaarheid_change,rent_change_eur\n",
    "scenario,replication,quarter,area,signal,value,trend,alarm\n",
    "scenario,replication,tick,date,group,registered,active,reactions,housed,success_rate,wait_p10,wait_p50,wait_p90,search_p50\n",
};

bool wks_tables_is_written(wks_tables_kind kind, const wks_scenario *scenario)
{
    return (kind != WKS_TABLES_LETTINGS || scenario->output.lettings) && (kind != WKS_TABLES_MONITOR || scenario->output.monitor);
}

unsigned wks_tables_written(const wks_scenario *scenario)
{
    unsigned kinds = 0;
    for (int i = 0; i < WKS_TABLES_N; i++)
        kinds |= wks_tables_is_written((wks_tables_kind)i, scenario) ? 1u << i : 0;
    return kinds;
}

void wks_tables_prefix_make(wks_tables_prefix *prefix, const char *scenario, int32_t replication)
{
    wks_text text = WKS_TEXT_INIT;
    wks_csv_add_field(&text, scenario, ',');
    wks_text_addf(&text, ",%d,", replication);
    prefix->length = text.length < sizeof prefix->text ? text.length : sizeof prefix->text - 1;
    if (text.data != NULL) memcpy(prefix->text, text.data, prefix->length);
    prefix->text[prefix->length] = '\0';
    wks_text_free(&text);
}

static void field(wks_text *out, const char *text)
{
    wks_text_add_char(out, ',');
    wks_csv_add_field(out, text, ',');
}

/* What is not finite is not defined: an empty field. */
static void number(wks_text *out, double value)
{
    wks_text_add_char(out, ',');
    if (isfinite(value)) wks_text_add_number(out, value);
}

/* Money is kept in single precision; written to the cent. */
static void money(wks_text *out, float value)
{
    number(out, floor((double)value * 100 + 0.5) / 100);
}

/* Below 0: not to be told. */
static void count(wks_text *out, int64_t value)
{
    number(out, value < 0 ? NAN : (double)value);
}

static void key(wks_text *out, uint64_t value)
{
    char buffer[17];
    wks_text_add_char(out, ',');
    wks_text_add(out, wks_text_key(value, buffer));
}

/* All owners together have no name. */
static void owner(wks_text *out, int32_t number)
{
    if (number <= 0) return;
    wks_text_add(out, "corporatie-");
    wks_text_add_integer(out, number);
}

/* What every row of a tick begins with, made once. */
typedef struct wks_tables_head {
    char text[sizeof(((wks_tables_prefix *)NULL)->text) + 32];
    size_t length;
} head;

static head head_of(const wks_tables_prefix *prefix, const wks_world *world)
{
    head out = {.length = prefix->length};
    char month[8];

    memcpy(out.text, prefix->text, prefix->length);
    out.length +=
        (size_t)snprintf(out.text + out.length, sizeof out.text - out.length, "%d,%s", world->tick, wks_text_month(world->month, month));
    return out;
}

static void begin(wks_text *out, const head *first)
{
    wks_text_add_bytes(out, first->text, first->length);
}

static const char *area_code(const wks_city *city, const char *level, int32_t row)
{
    if (row < 0) return "";
    return strcmp(level, "wijk") == 0 ? city->wijk[row].code : city->buurt[row].code;
}

static void add_city(const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    const head first = head_of(prefix, view->world);

    for (int32_t i = 0; i < view->city->n; i++) {
        const wks_series_row *row = &view->city->row[i];
        begin(out, &first);
        field(out, row->indicator);
        field(out, row->group);
        field(out, row->scale);
        number(out, row->value);
        wks_text_add_char(out, '\n');
    }
}

static void add_buurt(const wks_city *city, const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    const head first = head_of(prefix, view->world);

    for (int32_t i = 0; i < view->buurt->n; i++) {
        const wks_series_row *row = &view->buurt->row[i];
        begin(out, &first);
        field(out, row->level);
        field(out, area_code(city, row->level, row->area_row));
        field(out, row->indicator);
        field(out, row->group);
        number(out, row->value);
        wks_text_add_char(out, '\n');
    }
}

static void add_groups(const wks_scenario *scenario, uint32_t groups, wks_text *out)
{
    bool first = true;
    wks_text_add_char(out, ',');
    for (int32_t g = 0; g < scenario->n_groups; g++) {
        if ((groups >> g & 1u) == 0) continue;
        if (!first) wks_text_add_char(out, ';');
        wks_text_add(out, scenario->group[g].name);
        first = false;
    }
}

/* Seekers that each filter (then each spreiding rule) kept out: part:count;... */
static void add_excluded(const wks_rule_set *rules, const wks_letting *letting, wks_text *out)
{
    bool first = true;
    wks_text_add_char(out, ',');
    for (int32_t i = 0; i < rules->n_filters + rules->n_spreiding && i < WKS_LETTING_MAX_PARTS; i++) {
        const wks_settings *part = i < rules->n_filters ? &rules->filter[i] : &rules->spreiding[i - rules->n_filters];
        if (letting->excluded[i] == 0) continue;
        if (!first) wks_text_add_char(out, ';');
        wks_text_add(out, part->name);
        wks_text_add_char(out, ':');
        wks_text_add_integer(out, letting->excluded[i]);
        first = false;
    }
}

const char *wks_tables_order_key(const wks_rule_set *rules, int32_t order_part)
{
    if (order_part >= 0) return rules->order[order_part].name;
    if (order_part == WKS_LETTING_BY_SPEED) return "reaction_time";
    return order_part == WKS_LETTING_BY_LOT ? "lot" : order_part == WKS_LETTING_BY_WAIT ? "wait" : "";
}

static void add_letting(const wks_scenario *scenario, const wks_city *city, const wks_world *world, const wks_letting *letting,
                        wks_text *out)
{
    const wks_rule_set *rules = &scenario->rules[letting->rule_set];

    number(out, (double)letting->number);
    key(out, letting->unit_key);
    field(out, city->buurt[letting->buurt_row].code);
    key(out, world->complex.key[letting->complex_row]);
    wks_text_add(out, ",corporatie-");
    wks_text_add_integer(out, world->owner.number[letting->owner_row]);
    field(out, rules->channel[letting->channel].name);
    money(out, letting->rent_eur);
    number(out, letting->candidates);
    number(out, letting->rank);
    number(out, letting->refusals);
    key(out, letting->household_key);
    number(out, letting->months_registered);
    number(out, letting->months_searching);
    money(out, letting->income_eur);
    add_groups(scenario, letting->groups, out);
    field(out, wks_household_urgency_name[letting->urgency]);
    field(out, letting->from_buurt_row < 0 ? "" : city->buurt[letting->from_buurt_row].code);
    number(out, letting->chain);
    field(out, wks_letting_reason_name[letting->reason]);
    field(out, wks_tables_order_key(rules, letting->order_part));
    add_excluded(rules, letting, out);
}

static void add_lettings(const wks_scenario *scenario, const wks_city *city, const wks_replication_view *view,
                         const wks_tables_prefix *prefix, wks_text *out)
{
    const head first = head_of(prefix, view->world);

    if (city->own.is_there) return; /* a row would be a real seeker's */
    for (int32_t i = 0; i < view->world->letting.n; i++) {
        begin(out, &first);
        add_letting(scenario, city, view->world, &view->world->letting.item[i], out);
        wks_text_add_char(out, '\n');
    }
}

static void add_compliance(const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    for (int32_t i = 0; i < view->n_compliance; i++) {
        const wks_compliance_row *row = &view->compliance[i];
        wks_text rule = WKS_TEXT_INIT;
        wks_text_addf(&rule, "%s%s%s", row->list, row->list[0] == '\0' ? "" : ".", row->rule);
        wks_text_add_bytes(out, prefix->text, prefix->length);
        wks_text_add_integer(out, row->year);
        wks_text_add_char(out, ',');
        owner(out, row->owner_number);
        field(out, rule.data == NULL ? "" : rule.data);
        number(out, row->required);
        number(out, row->achieved);
        wks_text_add(out, row->met < 0 ? ",," : row->met > 0 ? ",yes," : ",no,");
        wks_text_add_integer(out, row->months);
        wks_text_add_char(out, '\n');
        out->failed = out->failed || rule.failed;
        wks_text_free(&rule);
    }
}

static void add_budget(const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    for (int32_t i = 0; i < view->n_budget; i++) {
        const wks_budget_row *row = &view->budget[i];
        wks_text_add_bytes(out, prefix->text, prefix->length);
        wks_text_add_integer(out, row->year);
        wks_text_add_char(out, ',');
        owner(out, row->owner_number);
        if (row->payer != NULL) wks_text_add(out, row->payer);
        field(out, row->item);
        field(out, row->measured_in);
        number(out, row->amount);
        wks_text_add_char(out, '\n');
    }
}

static const char *flow_area(const wks_city *city, int32_t wijk_row)
{
    return wijk_row >= 0 ? city->wijk[wijk_row].code : wijk_row == WKS_FLOWS_OUTSIDE ? "outside" : "shelter";
}

static void add_flows(const wks_city *city, const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    for (int32_t i = 0; i < view->n_flows; i++) {
        const wks_flows_row *row = &view->flows[i];
        wks_text_add_bytes(out, prefix->text, prefix->length);
        wks_text_add_integer(out, row->year);
        field(out, flow_area(city, row->from_wijk_row));
        field(out, flow_area(city, row->to_wijk_row));
        field(out, row->group);
        number(out, (double)row->moves);
        wks_text_add_char(out, '\n');
    }
}

static void add_destinations(const wks_city *city, const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    for (int32_t i = 0; i < view->n_destinations; i++) {
        const wks_destination_row *row = &view->destinations[i];
        wks_text_add_bytes(out, prefix->text, prefix->length);
        wks_text_add(out, wks_destination_cause_name[row->cause]);
        field(out, city->buurt[row->from_buurt_row].code);
        field(out, row->destination);
        field(out, area_code(city, "buurt", row->to_buurt_row));
        field(out, wks_destination_band_name[row->band]);
        number(out, (double)row->households);
        number(out, row->leefbaarheid_change);
        number(out, row->rent_change_eur);
        wks_text_add_char(out, '\n');
    }
}

static const char *const signal_name[WKS_MONITOR_N_SIGNALS] = {
#define SIGNAL_NAME(name, unit, from, help_nl, help_en) #name,
    WKS_MONITOR_SIGNALS(SIGNAL_NAME)
#undef SIGNAL_NAME
};

static void add_monitor(const wks_city *city, const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    for (int32_t i = 0; i < view->n_monitor; i++) {
        const wks_monitor_row *row = &view->monitor[i];
        wks_text_add_bytes(out, prefix->text, prefix->length);
        wks_text_add_integer(out, row->year);
        wks_text_add(out, "-Q");
        wks_text_add_integer(out, row->quarter);
        field(out, city->buurt[row->buurt_row].code);
        field(out, signal_name[row->signal]);
        number(out, row->value);
        number(out, row->trend);
        field(out, wks_monitor_alarm_name[row->alarm]);
        wks_text_add_char(out, '\n');
    }
}

static void add_queue(const wks_replication_view *view, const wks_tables_prefix *prefix, wks_text *out)
{
    const head first = head_of(prefix, view->world);

    for (int32_t i = 0; i < view->n_queue; i++) {
        const wks_observe_queue *row = &view->queue[i];
        begin(out, &first);
        field(out, row->group);
        count(out, row->registered);
        count(out, row->active);
        count(out, row->reactions);
        count(out, row->housed);
        number(out, row->success_rate);
        number(out, row->wait_p10);
        number(out, row->wait_p50);
        number(out, row->wait_p90);
        number(out, row->search_p50);
        wks_text_add_char(out, '\n');
    }
}

void wks_tables_add(wks_tables_kind kind, const wks_scenario *scenario, const wks_city *city, const wks_replication_view *view,
                    const wks_tables_prefix *prefix, wks_text *out)
{
    switch (kind) {
    case WKS_TABLES_CITY: add_city(view, prefix, out); break;
    case WKS_TABLES_BUURT: add_buurt(city, view, prefix, out); break;
    case WKS_TABLES_LETTINGS: add_lettings(scenario, city, view, prefix, out); break;
    case WKS_TABLES_COMPLIANCE: add_compliance(view, prefix, out); break;
    case WKS_TABLES_BUDGET: add_budget(view, prefix, out); break;
    case WKS_TABLES_FLOWS: add_flows(city, view, prefix, out); break;
    case WKS_TABLES_DESTINATIONS: add_destinations(city, view, prefix, out); break;
    case WKS_TABLES_MONITOR: add_monitor(city, view, prefix, out); break;
    case WKS_TABLES_QUEUE: add_queue(view, prefix, out); break;
    case WKS_TABLES_N: break;
    }
}
