#include "cli/story_household.h"

static const char *const place_words[WKS_N_PLACES] = {
    [WKS_PLACE_HOUSED] = "has a home of its own",
    [WKS_PLACE_AT_PARENTS] = "lives with parents",
    [WKS_PLACE_EX_PARTNER] = "lives with an ex-partner",
    [WKS_PLACE_HOSTED] = "lives in with others",
    [WKS_PLACE_SHELTER] = "is in shelter",
    [WKS_PLACE_COA] = "is at the COA",
    [WKS_PLACE_OUTSIDE] = "lives outside the city",
};

static const char *const search_words[WKS_N_SEARCHES] = {"does not look for a home", "looks for a social home",
                                                         "looks for a home to buy or rent privately", "looks for a home of any kind",
                                                         "wants to leave the region"};

static void add_state(const wks_story *story, const wks_explain_moment *moment, const wks_explain_state *before, wks_text *out)
{
    const wks_explain_state *now = &moment->state;
    const char *separator = "";
    char month[8];

    wks_text_addf(out, "  %s  ", wks_text_month(moment->month, month));
    if (!now->is_there) {
        wks_text_add(out, "is no longer there (left the region, joined another household, or died)\n");
        return;
    }
    if (before == NULL || now->place != before->place || now->tenure != before->tenure || now->buurt_row != before->buurt_row ||
        now->unit_key != before->unit_key) {
        wks_text_add(out, now->place == WKS_PLACE_HOUSED && before != NULL && before->unit_key != now->unit_key ? "moves: " : "");
        wks_text_add(out, place_words[now->place]);
        if (now->place == WKS_PLACE_HOUSED && now->tenure < WKS_N_TENURES)
            wks_text_addf(out, " (%s)", wks_dwelling_tenure_name[now->tenure]);
        if (now->buurt_row >= 0) wks_text_addf(out, " in %s", story->city->buurt[now->buurt_row].name);
        separator = "; ";
    }
    if (before == NULL || now->persons != before->persons) {
        wks_text_addf(out, "%s%d person%s", separator, now->persons, now->persons == 1 ? "" : "s");
        separator = "; ";
    }
    if (before == NULL || now->registered_month != before->registered_month) {
        if (now->registered_month == WKS_NO_MONTH) {
            wks_text_addf(out, before == NULL ? "%snot registered" : "%sregistration ended", separator);
        } else {
            wks_text_addf(out, "%sregistered since %s", separator, wks_text_month(now->registered_month, month));
        }
        separator = "; ";
    }
    if (now->urgency != (before == NULL ? WKS_URGENCY_NONE : before->urgency)) {
        wks_text_addf(out, "%surgency: %s", separator, wks_household_urgency_name[now->urgency]);
        separator = "; ";
    }
    if (now->referral != (before == NULL ? WKS_REFERRAL_NONE : before->referral)) {
        wks_text_addf(out, "%sreferral: %s", separator, wks_household_referral_name[now->referral]);
        separator = "; ";
    }
    if (now->suspended_until != WKS_NO_MONTH && (before == NULL || before->suspended_until != now->suspended_until)) {
        wks_text_addf(out, "%ssuspended after refusals: may react again from %s", separator, wks_text_month(now->suspended_until, month));
        separator = "; ";
    } else if (before != NULL && before->suspended_until != WKS_NO_MONTH && now->suspended_until == WKS_NO_MONTH) {
        wks_text_addf(out, "%smay react again", separator);
        separator = "; ";
    }
    if (now->turn_month != WKS_NO_MONTH && (before == NULL || before->turn_month != now->turn_month)) {
        wks_text_addf(out, "%slost its turn by refusing a proposal: may be proposed a home again from %s", separator,
                      wks_text_month(now->turn_month, month));
        separator = "; ";
    } else if (before != NULL && before->turn_month != WKS_NO_MONTH && now->turn_month == WKS_NO_MONTH) {
        wks_text_addf(out, "%smay be proposed a home again", separator);
        separator = "; ";
    }
    if (before == NULL || now->search != before->search) {
        wks_text_addf(out, "%s%s", separator, search_words[now->search]);
        separator = "; ";
    }
    if (separator[0] == '\0') wks_text_add(out, "nothing that a landlord sees changed");
    wks_text_add_char(out, '\n');
}

/* By wks_round_result. */
static const char *const not_let[] = {"; not let this month", "", "; not let this month, on to another channel",
                                      "; not let, liberalised: all who came were stopped by a cap or norm",
                                      "; not let, sold: all who came were stopped by a cap or norm"};

static void add_reaction(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out)
{
    const wks_round_trace_candidate *candidate = &advert->candidate[0];
    const wks_channel_part *channel = story->scenario->rules[advert->rule_set].channel[advert->advert.channel].spec->implementation;
    char month[8];

    wks_text_addf(out, "  %s    %s ", wks_text_month(advert->month, month),
                  advert->route == WKS_ROUND_TRACE_RESERVED ? "had reserved"
                  : channel->is_advertised                  ? "reacted to"
                                                            : "could be proposed for");
    wks_story_add_home(story, advert, out);
    wks_text_addf(out, ": number %d of %d, ", candidate->rank, advert->n_candidates);
    wks_story_add_outcome(story, advert, candidate, out);
    if (advert->winner_key == candidate->household_key) {
        wks_text_addf(out, " (letting %lld)", (long long)advert->letting);
    } else if (advert->letting >= 0) {
        wks_text_addf(out, "; another got it (letting %lld)", (long long)advert->letting);
    } else {
        wks_text_add(out, not_let[advert->result]);
    }
    wks_text_add_char(out, '\n');
}

/* On the landlord's list, and nothing came of it: told once a month, not a home at a time. */
static bool is_quiet(const wks_story *story, const wks_round_trace_advert *advert)
{
    const wks_round_trace_candidate *candidate = &advert->candidate[0];
    const wks_channel_part *channel = story->scenario->rules[advert->rule_set].channel[advert->advert.channel].spec->implementation;

    if (advert->route == WKS_ROUND_TRACE_RESERVED || channel->is_advertised) return false;
    return !candidate->is_asked || candidate->outcome == WKS_ROUND_HOUSED_ALREADY || candidate->outcome == WKS_ROUND_TURN_LOST;
}

static void add_quiet(const wks_story *story, int32_t from, int32_t to, wks_text *out)
{
    int32_t n = 0;
    char month[8];

    for (int32_t i = from; i < to; i++)
        n += is_quiet(story, &story->explain->trace.advert[i]);
    if (n == 0) return;
    wks_text_addf(out, "  %s    on the landlord's list for %d home%s that %s not proposed to it\n",
                  wks_text_month(story->explain->trace.advert[from].month, month), n, n == 1 ? "" : "s", n == 1 ? "was" : "were");
}

/* Adverts from..to, a month at a time. */
static void add_reactions(const wks_story *story, int32_t from, int32_t to, wks_text *out)
{
    const wks_round_trace_advert *advert = story->explain->trace.advert;

    while (from < to) {
        int32_t end = from;
        for (; end < to && advert[end].month == advert[from].month; end++)
            if (!is_quiet(story, &advert[end])) add_reaction(story, &advert[end], out);
        add_quiet(story, from, end, out);
        from = end;
    }
}

static void add_totals(const wks_story *story, wks_text *out)
{
    const wks_round_trace *trace = &story->explain->trace;
    int32_t n_outcome[6] = {0}, n_asked = 0, n_let = 0;

    for (int32_t i = 0; i < trace->n_adverts; i++) {
        const wks_round_trace_candidate *candidate = &trace->advert[i].candidate[0];
        n_asked += candidate->is_asked;
        if (candidate->is_asked) n_outcome[candidate->outcome]++;
        n_let += trace->advert[i].winner_key == candidate->household_key;
    }
    wks_text_addf(
        out,
        "\nIn all: on %d list%s, reached on %d of them: %d refused, %d without answer, %d stopped by a cap or norm, %d when housed "
        "already, %d when its turn was lost; %d letting%s.\n",
        trace->n_adverts, trace->n_adverts == 1 ? "" : "s", n_asked, n_outcome[WKS_ROUND_REFUSED], n_outcome[WKS_ROUND_NO_SHOW],
        n_outcome[WKS_ROUND_CAPPED], n_outcome[WKS_ROUND_HOUSED_ALREADY], n_outcome[WKS_ROUND_TURN_LOST], n_let, n_let == 1 ? "" : "s");
}

void wks_story_household_add(const wks_story *story, wks_text *out)
{
    const wks_explain *explain = story->explain;
    int32_t at = 0;
    char key[17], month[8];

    wks_text_addf(out, "Household %s of scenario %s, replication %d\n\n", wks_text_key(explain->trace.household_key, key),
                  story->scenario->name, story->replication);
    for (int32_t m = 0; m <= explain->n_moments; m++) {
        const bool is_end = m == explain->n_moments;
        const int32_t from = at;
        while (at < explain->trace.n_adverts && (is_end || explain->trace.advert[at].tick <= explain->moment[m].tick))
            at++;
        add_reactions(story, from, at, out);
        if (!is_end) add_state(story, &explain->moment[m], m == 0 ? NULL : &explain->moment[m - 1].state, out);
    }
    add_totals(story, out);
    const wks_explain_moment end = {.month = explain->last_month, .state = explain->moment[explain->n_moments - 1].state};
    wks_text_addf(out, "At the end, %s:\n", wks_text_month(explain->last_month, month));
    add_state(story, &end, NULL, out);
}
