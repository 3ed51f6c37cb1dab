#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/fates.h"
#include "output/lives.h"
#include "output/parts.h"
#include "output/store.h"

struct wks_store_part {
    wks_store *store;
    int32_t replication;
    wks_growing file[WKS_CHECKPOINT_FILES]; /* the tables, and the lives of households */
    wks_file_writer fates;                  /* opened when there is something to put: at the last tick */
    wks_text text;
    wks_tables_prefix prefix;
    bool is_kept;                /* there is a checkpoint to go on from */
    wks_checkpoint kept;         /* that one; of a part without one: zeros */
    int32_t resumed_from;        /* -1: this session began it */
    double wall_s, simulation_s; /* of earlier sessions */
};

static bool is_written(const wks_store_part *part, int kind)
{
    if (kind == WKS_CHECKPOINT_LIVES) return part->store->follow;
    return wks_tables_is_written((wks_tables_kind)kind, part->store->scenario);
}

static char *path_of(const wks_store_part *part, int kind)
{
    if (kind == WKS_CHECKPOINT_LIVES) return wks_lives_path(part->store->folder, part->replication);
    return wks_parts_path(part->store->parts, (wks_tables_kind)kind, part->replication);
}

static wks_store_part *make(wks_store *store, int32_t replication)
{
    wks_store_part *part = wks_mem_array(1, sizeof *part);

    if (part == NULL) return NULL;
    part->store = store;
    part->replication = replication;
    part->text = WKS_TEXT_INIT;
    part->resumed_from = -1;
    wks_tables_prefix_make(&part->prefix, store->scenario->name, replication);
    return part;
}

static void part_free(wks_store_part *part)
{
    for (int32_t i = 0; i < WKS_CHECKPOINT_FILES; i++)
        wks_growing_discard(&part->file[i]);
    wks_file_writer_discard(&part->fates);
    wks_text_free(&part->text);
    free(part);
}

/* Begins every file, or goes on with it where the checkpoint says. */
static wks_status open_files(wks_store_part *part, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < WKS_CHECKPOINT_FILES; i++) {
        if (!is_written(part, i)) continue;
        char *path = path_of(part, i);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = part->is_kept ? wks_growing_resume(path, part->kept.file[i], &part->file[i], err)
                           : wks_growing_begin(path, &part->file[i], err);
        free(path);
        if (rc != WKS_OK) goto out;
        if (i == WKS_CHECKPOINT_LIVES && part->store->city->own.is_there) WKS_TRY(wks_file_writer_make_private(&part->file[i].writer, err));
    }
out:
    return rc;
}

wks_status wks_store_part_open(wks_store *store, int32_t replication, wks_store_part **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store_part *part = make(store, replication);

    *out = NULL;
    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for replication %d", replication);
    WKS_TRY(open_files(part, err));
    *out = part;
    part = NULL;
out:
    if (part != NULL) part_free(part);
    return rc;
}

/* Reads the checkpoint of a replication, if it has one, into the part. */
static wks_status read_kept(wks_store_part *part, wks_store_state *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_checkpoint asked = part->store->asked;
    char *path = wks_checkpoint_path(part->store->folder, part->replication);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) goto out;
    asked.replication = part->replication;
    WKS_TRY(wks_checkpoint_read(path, &part->kept, &out->data, &out->length, err));
    WKS_TRY(wks_checkpoint_compare(path, &part->kept, &asked, err));
    part->is_kept = true;
    part->resumed_from = out->tick = part->kept.tick;
    part->wall_s = part->kept.wall_s;
    part->simulation_s = part->kept.simulation_s;
out:
    free(path);
    return rc;
}

wks_status wks_store_part_resume(wks_store *store, int32_t replication, wks_store_part **out, wks_store_state *out_state, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store_part *part = make(store, replication);

    *out = NULL;
    *out_state = (wks_store_state){.tick = -1};
    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for replication %d", replication);
    WKS_TRY(read_kept(part, out_state, err));
    WKS_TRY(open_files(part, err));
    *out = part;
    part = NULL;
out:
    if (part != NULL) wks_store_part_leave(part);
    if (rc != WKS_OK) {
        free(out_state->data);
        *out_state = (wks_store_state){.tick = -1};
    }
    return rc;
}

wks_status wks_store_part_observe(const wks_replication_view *view, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store_part *part = context;
    const wks_store *store = part->store;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (!is_written(part, i)) continue;
        wks_text_clear(&part->text);
        wks_tables_add((wks_tables_kind)i, store->scenario, store->city, view, &part->prefix, &part->text);
        if (part->text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for result rows");
        if (part->text.length > 0) WKS_TRY(wks_growing_put(&part->file[i], part->text.data, part->text.length, err));
    }
    if (store->follow && view->life != NULL) {
        wks_text_clear(&part->text);
        wks_lives_add(view->world->tick, view->life, view->n_lives, &part->text);
        if (part->text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the lives of households");
        WKS_TRY(wks_growing_put(&part->file[WKS_CHECKPOINT_LIVES], part->text.data, part->text.length, err));
    }
    if (store->follow && view->fate != NULL) {
        WKS_TRY(wks_fates_begin(store->folder, part->replication, store->city->own.is_there, &part->fates, err));
        WKS_TRY(wks_fates_put(&part->fates, view->fate, view->n_fates, err));
    }
out:
    return rc;
}

wks_status wks_store_part_checkpoint(wks_store_part *part, int32_t tick, wks_checkpoint_save *save, const void *context, double wall_s,
                                     double simulation_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_store *store = part->store;
    wks_checkpoint checkpoint = store->asked;

    checkpoint.replication = part->replication;
    checkpoint.tick = tick;
    checkpoint.resumed_from = part->resumed_from;
    checkpoint.wall_s = part->wall_s + wall_s;
    checkpoint.simulation_s = part->simulation_s + simulation_s;
    for (int32_t i = 0; i < WKS_CHECKPOINT_FILES; i++) { /* the rows first: a checkpoint never tells of rows that are not on the disk */
        if (!is_written(part, i)) continue;
        WKS_TRY(wks_growing_sync(&part->file[i], err));
        checkpoint.file[i] = part->file[i].mark;
    }
    if (!part->is_kept) wks_file_sync_folder(store->parts);
    if (!part->is_kept && store->follow) WKS_TRY(wks_fates_sync_folder(store->folder, err));
    WKS_TRY(wks_checkpoint_write_state(store->folder, &checkpoint, save, context, store->city->own.is_there, err));
    if (!part->is_kept) wks_file_sync_folder(store->folder); /* the folder of checkpoints may be new */
    part->kept = checkpoint;
    part->is_kept = true;
out:
    return rc;
}

static wks_status remove_checkpoint(const wks_store_part *part, wks_err *err)
{
    char *path = wks_checkpoint_path(part->store->folder, part->replication);
    const wks_status rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_file_remove(path, err);

    free(path);
    return rc;
}

wks_status wks_store_part_commit(wks_store_part *part, uint64_t state_hash, double wall_s, double simulation_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_store_whole whole = {.replication = part->replication,
                                   .state_hash = state_hash,
                                   .wall_s = part->wall_s + wall_s,
                                   .simulation_s = part->simulation_s + simulation_s,
                                   .resumed_from = part->resumed_from};

    for (int32_t i = 0; i < WKS_CHECKPOINT_FILES; i++) {
        if (is_written(part, i)) WKS_TRY(wks_growing_commit(&part->file[i], err));
    }
    if (part->fates.stream != NULL) WKS_TRY(wks_file_writer_commit(&part->fates, err));
    WKS_TRY(wks_store_note_whole(part->store, &whole, err));
    if (part->is_kept) WKS_TRY(remove_checkpoint(part, err)); /* of no use any more; left by a kill at this moment it does no harm */
    part->is_kept = false;
out:
    wks_store_part_leave(part);
    return rc;
}

void wks_store_part_leave(wks_store_part *part)
{
    if (part == NULL) return;
    for (int32_t i = 0; i < WKS_CHECKPOINT_FILES && part->is_kept; i++) {
        if (part->file[i].writer.stream != NULL) wks_growing_leave(&part->file[i], part->kept.file[i]);
    }
    part_free(part);
}

void wks_store_part_discard(wks_store_part *part, const char *reason)
{
    if (part == NULL) return;
    if (reason != NULL) wks_store_note_failed(part->store, part->replication, reason);
    if (part->is_kept) (void)remove_checkpoint(part, NULL);
    part_free(part);
}
