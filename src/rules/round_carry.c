#include "base/mem.h"
#include "base/text.h"
#include "rules/round_state.h"

/* Part by part: the counts of each depend on its settings. */
static wks_status carry_guards(wks_round_rules *rules, const wks_part_context *context, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t g = 0; g < rules->n_guards; g++) {
        wks_round_guard *guard = &rules->guard[g];
        wks_carry_same(carry, (int64_t)wks_text_hash(guard->settings->spec->name), "a rule set with other parts");
        WKS_TRY(wks_carry_status(carry, err));
        if (guard->part->carry != NULL) WKS_TRY(guard->part->carry(context, guard->settings, &guard->state, carry, err));
    }
out:
    return rc;
}

static void carry_sent(wks_round *round, wks_carry *carry)
{
    int32_t under = round->sent_under == NULL ? WKS_NONE : (int32_t)(round->sent_under - round->scenario->rules);
    int32_t n_channels = 0;

    wks_carry_i32(carry, &under);
    if (!wks_carry_must(carry, under >= WKS_NONE && under < round->n_rules, "a rule set that is not there")) return;
    round->sent_under = under == WKS_NONE ? NULL : &round->scenario->rules[under];
    if (round->sent_under != NULL) n_channels = round->sent_under->n_channels;
    wks_carry_count(carry, &round->n_sent, sizeof(uint64_t));
    round->sent = wks_carry_room(carry, round->sent, (size_t)round->sent_capacity, (size_t)round->n_sent, sizeof *round->sent);
    if (wks_carry_failed(carry)) {
        if (wks_carry_reads(carry)) round->n_sent = 0;
        return;
    }
    if (round->sent_capacity < round->n_sent) round->sent_capacity = round->n_sent;
    for (int32_t i = 0; i < round->n_sent; i++) {
        WKS_CARRY_FIELD(carry, round->sent[i].unit_key);
        wks_carry_i32(carry, &round->sent[i].channel);
        wks_carry_bool(carry, &round->sent[i].is_then);
        wks_carry_must(carry, round->sent[i].channel >= 0 && round->sent[i].channel < n_channels, "a channel that is not there");
    }
}

wks_status wks_round_carry(wks_round *round, const wks_world *world, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_carry_tag(carry, "round");
    wks_carry_same(carry, round->n_rules, "another number of rule sets");
    for (int32_t i = 0; i < round->n_rules; i++) {
        const wks_part_context context = {.world = world, .scenario = round->scenario, .rules = round->rules[i].set};
        wks_carry_same(carry, round->rules[i].n_guards, "a rule set with another number of parts");
        WKS_TRY(wks_carry_status(carry, err));
        WKS_TRY(carry_guards(&round->rules[i], &context, carry, err));
    }
    carry_sent(round, carry);
    wks_carry_i32(carry, &round->ties.year);
    wks_carry_i32(carry, &round->ties.n_ties);
    wks_carry_i32(carry, &round->ties.n_let);
    rc = wks_carry_status(carry, err);
out:
    return rc;
}
