#include "cli/story_json.h"

#include <math.h>

#include "output/tables.h"

static void set_text(wks_json *object, const char *key, const char *value)
{
    wks_json_set_take(object, key, wks_json_string(value));
}

/* What is left of a difference of equal numbers. */
static const double NOTHING = 1e-12;

static void set_number(wks_json *object, const char *key, double value)
{
    wks_json_set_take(object, key, wks_json_number(!isfinite(value) ? (double)NAN : fabs(value) < NOTHING ? 0.0 : value));
}

static void set_integer(wks_json *object, const char *key, int64_t value)
{
    wks_json_set_take(object, key, wks_json_integer(value));
}

/* A key, null when there is none. */
static void set_key(wks_json *object, const char *name, uint64_t key)
{
    char buffer[17];

    wks_json_set_take(object, name, key == 0 ? wks_json_number((double)NAN) : wks_json_string(wks_text_key(key, buffer)));
}

static void set_month(wks_json *object, const char *key, int32_t month)
{
    char buffer[8];

    set_text(object, key, month == WKS_NO_MONTH ? "" : wks_text_month(month, buffer));
}

static const wks_rule_set *rules_of(const wks_story *story, const wks_round_trace_advert *advert)
{
    return &story->scenario->rules[advert->rule_set];
}

/* Cents: rents are kept as float. */
static double cents(float value)
{
    return floor((double)value * 100 + 0.5) / 100;
}

static wks_json *candidate_of(const wks_story *story, const wks_round_trace_advert *advert, const wks_round_trace_candidate *candidate)
{
    const wks_rule_set *set = rules_of(story, advert);
    wks_json *object = wks_json_object(), *keys = wks_json_object(), *difference = wks_json_object();

    set_integer(object, "rank", candidate->rank);
    set_key(object, "household", candidate->household_key);
    set_integer(object, "persons", candidate->persons);
    set_integer(object, "months_registered", candidate->months_registered);
    set_integer(object, "months_waiting", candidate->months_waiting);
    set_number(object, "income_eur", cents((float)candidate->income_eur));
    for (int32_t p = 0; p < set->n_order && p < WKS_ROUND_TRACE_KEYS && advert->ranking == WKS_PART_BY_RULES; p++)
        set_number(keys, set->order[p].name, candidate->key[p]);
    wks_json_set_take(object, "keys", keys);
    set_number(object, "lot", candidate->lot);
    set_number(object, "rent_eur", cents((float)candidate->rent_eur));
    for (int32_t i = 0; i < WKS_LETTING_REFUSAL_NO_SHOW; i++)
        set_number(difference, wks_letting_refusal_name[i], candidate->difference[i]);
    wks_json_set_take(object, "difference_with_staying", difference);
    set_number(object, "accept_chance", candidate->accept_chance);
    set_text(object, "outcome", candidate->is_asked ? wks_story_outcome_name[candidate->outcome] : "not_reached");
    const bool is_refusal = candidate->is_asked && (candidate->outcome == WKS_ROUND_REFUSED || candidate->outcome == WKS_ROUND_NO_SHOW);
    set_text(object, "reason", is_refusal ? wks_letting_refusal_name[candidate->reason] : "");
    set_text(object, "stopped_by", wks_story_rule_part(story, advert, candidate->blocked_by));
    set_text(object, "stopped_because", candidate->told);
    return object;
}

static wks_json *dwelling_of(const wks_story *story, const wks_round_trace_advert *advert)
{
    const wks_city_area *buurt = &story->city->buurt[advert->advert.buurt_row];
    wks_json *object = wks_json_object();
    wks_text owner = WKS_TEXT_INIT;

    wks_text_addf(&owner, "corporatie-%d", advert->owner_number);
    set_key(object, "unit", advert->unit_key);
    set_text(object, "buurt", buurt->code);
    set_text(object, "buurt_name", buurt->name);
    set_key(object, "complex", advert->complex_key);
    set_text(object, "owner", owner.data == NULL ? "" : owner.data);
    set_number(object, "rent_eur", cents(advert->advert.rent_eur));
    set_integer(object, "rooms", advert->advert.rooms);
    set_text(object, "type", wks_dwelling_type_name[advert->advert.type]);
    set_text(object, "label", wks_dwelling_label_name[advert->advert.label]);
    set_month(object, "vacant_since", advert->vacant_month);
    set_integer(object, "offered_before", advert->n_adverts);
    wks_text_free(&owner);
    return object;
}

static wks_json *excluded_of(const wks_story *story, const wks_round_trace_advert *advert)
{
    const wks_rule_set *set = rules_of(story, advert);
    wks_json *object = wks_json_object();

    for (int32_t f = 0; f < set->n_filters; f++)
        set_integer(object, set->filter[f].name, advert->excluded[f]);
    return object;
}

static wks_json *rival_of(const wks_story *story, const wks_round_trace_advert *advert, int32_t r)
{
    const wks_round_trace_rival *rival = &advert->rival[r];
    wks_json *object = wks_json_object();

    set_text(object, "rules", story->explain->rival_name[r]);
    wks_json_set_take(object, "in_force", wks_json_bool(rival->is_there));
    set_key(object, "household", rival->household_key);
    wks_json_set_take(object, "is_same", wks_json_bool(rival->household_key != 0 && rival->household_key == advert->winner_key));
    set_integer(object, "rank", rival->rank);
    set_integer(object, "candidates", rival->n_candidates);
    set_integer(object, "refusals", rival->refusals);
    return object;
}

static wks_json *advert_of(const wks_story *story, const wks_round_trace_advert *advert)
{
    static const char *const ranking[] = {"rules", "lot", "wait", "speed"};
    wks_json *object = wks_json_object(), *list = wks_json_array();

    set_integer(object, "tick", advert->tick);
    set_month(object, "date", advert->month);
    wks_json_set_take(object, "letting", advert->letting < 0 ? wks_json_number((double)NAN) : wks_json_integer(advert->letting));
    set_text(object, "rules", rules_of(story, advert)->name);
    wks_json_set_take(object, "dwelling", dwelling_of(story, advert));
    set_text(object, "channel", rules_of(story, advert)->channel[advert->advert.channel].name);
    set_text(object, "why_channel", wks_story_route_name[advert->route]);
    set_number(object, "channel_share", advert->channel_share);
    set_text(object, "ranked_by", ranking[advert->ranking]);
    set_integer(object, "lookers", advert->n_lookers);
    wks_json_set_take(object, "excluded", excluded_of(story, advert));
    set_integer(object, "candidates", advert->n_candidates);
    set_key(object, "household", advert->winner_key);
    set_text(object, "result", wks_story_result_name[advert->result]);
    set_text(object, "order_key", wks_tables_order_key(rules_of(story, advert), advert->order_part));
    for (int32_t i = 0; i < advert->n_listed; i++)
        wks_json_append_take(list, candidate_of(story, advert, &advert->candidate[i]));
    wks_json_set_take(object, "list", list);
    return object;
}

static void set_head(const wks_story *story, wks_json *object)
{
    set_text(object, "scenario", story->scenario->name);
    set_integer(object, "replication", story->replication);
}

static wks_status write(wks_json *object, wks_text *out, wks_err *err)
{
    const wks_status rc = wks_json_write(object, true, out, err);

    wks_json_free(object);
    wks_text_add_char(out, '\n');
    return rc;
}

wks_status wks_story_json_letting(const wks_story *story, wks_text *out, wks_err *err)
{
    const wks_round_trace *trace = &story->explain->trace;
    const wks_round_trace_advert *advert = &trace->advert[trace->n_adverts - 1];
    wks_json *object = advert_of(story, advert), *other = wks_json_array();

    set_head(story, object);
    for (int32_t r = 0; r < trace->n_rivals && advert->route != WKS_ROUND_TRACE_RESERVED; r++)
        wks_json_append_take(other, rival_of(story, advert, r));
    wks_json_set_take(object, "other_rules", other);
    set_text(object, "note", "other_rules: this letting only, all else equal; caps and yearly norms of those rules are not applied");
    return write(object, out, err);
}

static wks_json *moment_of(const wks_story *story, const wks_explain_moment *moment)
{
    const wks_explain_state *state = &moment->state;
    wks_json *object = wks_json_object();

    set_integer(object, "tick", moment->tick);
    set_month(object, "date", moment->month);
    wks_json_set_take(object, "is_there", wks_json_bool(state->is_there));
    if (!state->is_there) return object;
    set_text(object, "place", wks_household_place_name[state->place]);
    set_text(object, "tenure", state->tenure < WKS_N_TENURES ? wks_dwelling_tenure_name[state->tenure] : "");
    set_text(object, "buurt", state->buurt_row < 0 ? "" : story->city->buurt[state->buurt_row].code);
    set_key(object, "unit", state->unit_key);
    set_number(object, "rent_eur", cents(state->rent_eur));
    set_integer(object, "persons", state->persons);
    set_number(object, "income_eur", cents(state->income_eur));
    set_month(object, "registered_since", state->registered_month);
    set_month(object, "suspended_until", state->suspended_until);
    set_month(object, "turn_lost_until", state->turn_month);
    set_text(object, "search", wks_household_search_name[state->search]);
    set_text(object, "urgency", wks_household_urgency_name[state->urgency]);
    set_text(object, "referral", wks_household_referral_name[state->referral]);
    return object;
}

wks_status wks_story_json_household(const wks_story *story, wks_text *out, wks_err *err)
{
    const wks_explain *explain = story->explain;
    wks_json *object = wks_json_object(), *moments = wks_json_array(), *reactions = wks_json_array();

    set_head(story, object);
    set_key(object, "household", explain->trace.household_key);
    for (int32_t m = 0; m < explain->n_moments; m++)
        wks_json_append_take(moments, moment_of(story, &explain->moment[m]));
    wks_json_set_take(object, "history", moments);
    for (int32_t i = 0; i < explain->trace.n_adverts; i++)
        wks_json_append_take(reactions, advert_of(story, &explain->trace.advert[i]));
    wks_json_set_take(object, "lists", reactions);
    return write(object, out, err);
}
