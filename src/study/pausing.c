#include "study/pausing.h"

#include "base/machine.h"
#include <string.h>

void wks_pausing_begin(wks_pausing *pausing, const wks_pausing_rules *rules, wks_stop *stop, wks_store_part *part,
                       const double *simulation_s, int32_t n_ticks, int32_t tick)
{
    const double now = wks_machine_seconds();

    *pausing = (wks_pausing){.rules = rules,
                             .stop = stop,
                             .part = part,
                             .simulation_s = simulation_s,
                             .n_ticks = n_ticks,
                             .kept_tick = tick,
                             .begun = now,
                             .month_begun = now,
                             .kept_at = now};
}

/* What a checkpoint takes its state from. */
typedef struct wks_pausing_source {
    wks_pausing_save *save;
    const wks_replication_state *state;
} source;

static wks_status save_source(const void *context, wks_bytes *out, wks_err *err)
{
    const source *self = context;
    return self->save(self->state, out, err);
}

wks_status wks_pausing_keep(const wks_pausing_rules *rules, wks_store_part *part, const wks_replication_state *state, int32_t tick,
                            double wall_s, double simulation_s, wks_err *err)
{
    const source from = {rules->save == NULL ? wks_replication_save : rules->save, state};
    const wks_status rc = wks_store_part_checkpoint(part, tick, save_source, &from, wall_s, simulation_s, err);

    return wks_err_context(err, rc, "checkpoint at tick %d", tick);
}

static wks_status keep(wks_pausing *self, const wks_replication_state *state, int32_t tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double begun = wks_machine_seconds();

    WKS_TRY(wks_pausing_keep(self->rules, self->part, state, tick, begun - self->begun, *self->simulation_s, err));
    self->kept_tick = tick;
    self->kept_at = wks_machine_seconds();
    self->pace.keeping_s = self->kept_at - begun;
out:
    return rc;
}

void wks_pausing_kept_others(wks_pausing *self)
{
    const double now = wks_machine_seconds();

    self->pace.keeping_s += now - self->kept_at;
    self->kept_at = self->month_begun = now;
}

bool wks_pausing_is_late(const wks_pausing_rules *rules, const wks_pausing_pace *pace)
{
    /* Before the first checkpoint nobody knows how long one takes: as long as a month, say. */
    const double keeping_s = pace->keeping_s > 0 ? pace->keeping_s : pace->month_s;
    return rules->deadline > 0 && pace->month_s > 0 && wks_machine_seconds() + pace->month_s + keeping_s > rules->deadline;
}

/* How long the month took, and whether one more is likely to end after the deadline. */
static void look_at_the_clock(wks_pausing *self, int32_t tick)
{
    const double took = wks_machine_seconds() - self->month_begun;
    const double before = 0.95 * self->pace.month_s;

    if (tick == 0) return;
    self->pace.month_s = took > before ? took : before;
    if (self->stop != NULL && wks_pausing_is_late(self->rules, &self->pace)) wks_stop_raise(self->stop);
}

wks_status wks_pausing_ask(const wks_replication_state *state, int32_t tick, bool is_stopping, void *pausing, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_pausing *self = pausing;

    if (tick == self->n_ticks) return WKS_OK; /* whole in a moment */
    if (!is_stopping) look_at_the_clock(self, tick);
    const bool is_due = is_stopping || wks_machine_seconds() - self->kept_at >= self->rules->every_s;
    if (self->rules->is_on && is_due && tick != self->kept_tick) WKS_TRY(keep(self, state, tick, err));
out:
    self->month_begun = wks_machine_seconds();
    return rc;
}

void wks_pausing_command(const wks_manifest *manifest, wks_text *out)
{
    const char *command = manifest->command;
    bool has_resume = false;

    if (command == NULL || command[0] == '\0') {
        wks_text_add(out, "the same command with --resume");
        return;
    }
    for (const char *at = command; *at != '\0';) {
        const size_t blanks = strspn(at, " "), n = strcspn(at + blanks, " ");
        const char *word = at + blanks;
        /* --force would begin anew; argp takes it shortened, too. */
        const bool is_force = n >= 3 && n <= strlen("--force") && strncmp(word, "--force", n) == 0;
        has_resume = has_resume || (n == strlen("--resume") && strncmp(word, "--resume", n) == 0);
        if (!is_force) wks_text_add_bytes(out, at, blanks + n);
        at = word + n;
    }
    if (manifest->block.of > 0 && strstr(command, "--part") == NULL)
        wks_text_addf(out, " --part %d/%d", manifest->block.number, manifest->block.of);
    if (!has_resume) wks_text_add(out, " --resume");
}
