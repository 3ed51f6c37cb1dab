#include "output/checkpoint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include <zstd.h>

#include "base/mem.h"

static const char magic[8] = "wksckpt";
enum {
    LEVEL = 1,            /* of zstd: the state is written while a run waits for it */
    MOST_RATIO = 256,     /* a file may not ask for more memory than this times its bytes, */
    MOST_EXTRA = 1 << 20, /* and this */
    STORED = 0,
    ZSTD = 1
};

char *wks_checkpoint_path(const char *folder, int32_t replication)
{
    char inside[64];

    snprintf(inside, sizeof inside, "checkpoint/%06d.ckpt", replication);
    return wks_file_join(folder, inside);
}

int32_t wks_checkpoint_number(const char *name)
{
    int64_t number = 0;
    char digits[12] = "", again[32];
    const size_t n = strspn(name, "0123456789");

    if (n < 6 || n >= sizeof digits || strcmp(name + n, ".ckpt") != 0) return -1;
    memcpy(digits, name, n);
    if (!wks_text_parse_int64(digits, &number) || number > INT32_MAX) return -1;
    snprintf(again, sizeof again, "%06d.ckpt", (int32_t)number);
    return strcmp(again, name) == 0 ? (int32_t)number : -1;
}

/* ---- writing ---- */

static void put_head(wks_bytes *out, const wks_checkpoint *checkpoint)
{
    wks_bytes_put_block(out, magic, sizeof magic);
    wks_bytes_put_i32(out, WKS_CHECKPOINT_FORMAT);
    wks_bytes_put_string(out, checkpoint->version);
    wks_bytes_put_string(out, checkpoint->commit);
    wks_bytes_put_string(out, checkpoint->settings);
    wks_bytes_put_string(out, checkpoint->city);
    wks_bytes_put_string(out, checkpoint->members);
    wks_bytes_put_u64(out, checkpoint->seed_population);
    wks_bytes_put_u64(out, checkpoint->seed_dynamics);
    wks_bytes_put_i32(out, checkpoint->replication);
    wks_bytes_put_i32(out, checkpoint->n_ticks);
    wks_bytes_put_u8(out, checkpoint->follows);
    wks_bytes_put_i32(out, checkpoint->tick);
    wks_bytes_put_i32(out, checkpoint->resumed_from);
    wks_bytes_put_double(out, checkpoint->wall_s);
    wks_bytes_put_double(out, checkpoint->simulation_s);
    wks_bytes_put_i32(out, WKS_CHECKPOINT_FILES);
    for (int i = 0; i < WKS_CHECKPOINT_FILES; i++) {
        wks_bytes_put_u64(out, checkpoint->file[i].length);
        wks_bytes_put_u64(out, checkpoint->file[i].sum);
    }
}

static uint64_t most_from(uint64_t n)
{
    return n * MOST_RATIO + MOST_EXTRA;
}

void wks_checkpoint_seal(wks_bytes *bytes)
{
    XXH128_canonical_t sum;

    _Static_assert(sizeof sum.digest == WKS_CHECKPOINT_SUM, "the sum has 128 bits");
    if (bytes->failed) return;
    XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes->data, bytes->length));
    wks_bytes_put_block(bytes, sum.digest, sizeof sum.digest);
}

wks_status wks_checkpoint_encode(const wks_checkpoint *checkpoint, const char *state, size_t n, wks_bytes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t room = ZSTD_compressBound(n);
    char *small = wks_mem_array(room, 1);

    if (small == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a checkpoint of %zu bytes", n);
    const size_t n_small = ZSTD_compress(small, room, state, n, LEVEL);
    if (ZSTD_isError(n_small)) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a checkpoint of %zu bytes", n);
    /* What packs better than a reader believes, or not at all, is stored as it is. */
    const bool packs = n_small < n && n <= most_from(n_small);
    put_head(out, checkpoint);
    wks_bytes_put_u8(out, packs ? ZSTD : STORED);
    wks_bytes_put_u64(out, n);
    wks_bytes_put_u64(out, packs ? n_small : n);
    wks_bytes_put_block(out, packs ? small : state, packs ? n_small : n);
    wks_checkpoint_seal(out);
    rc = wks_bytes_status(out, err);
out:
    free(small);
    return rc;
}

wks_status wks_checkpoint_write(const char *folder, const wks_checkpoint *checkpoint, const char *state, size_t n, bool is_own,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_bytes bytes = {0};
    wks_file_writer writer = {0};
    char *path = wks_checkpoint_path(folder, checkpoint->replication);
    char *inside = path == NULL ? NULL : wks_file_folder(path);

    if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_checkpoint_encode(checkpoint, state, n, &bytes, err));
    WKS_TRY(wks_file_make_folder(inside, err));
    WKS_TRY(wks_file_writer_open(path, &writer, err));
    if (is_own) WKS_TRY(wks_file_writer_make_private(&writer, err));
    WKS_TRY(wks_file_writer_put(&writer, bytes.data, bytes.length, err));
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    wks_bytes_free(&bytes);
    free(inside);
    free(path);
    return rc;
}

/* ---- reading ---- */

static void get_text(wks_bytes_reader *reader, char *out, size_t room)
{
    const size_t n = (size_t)wks_bytes_get_count(reader, 1);
    const char *text = wks_bytes_get_block(reader, n);

    out[0] = '\0';
    if (text == NULL || n >= room || memchr(text, 0, n) != NULL) {
        wks_bytes_reader_fail(reader, "a text of another length");
        return;
    }
    memcpy(out, text, n);
    out[n] = '\0';
}

/* Returns how many tables it tells of: another number is another program's. */
static int32_t get_head(wks_bytes_reader *reader, wks_checkpoint *out)
{
    get_text(reader, out->version, sizeof out->version);
    get_text(reader, out->commit, sizeof out->commit);
    get_text(reader, out->settings, sizeof out->settings);
    get_text(reader, out->city, sizeof out->city);
    get_text(reader, out->members, sizeof out->members);
    out->seed_population = wks_bytes_get_u64(reader);
    out->seed_dynamics = wks_bytes_get_u64(reader);
    out->replication = wks_bytes_get_i32(reader);
    out->n_ticks = wks_bytes_get_i32(reader);
    const uint8_t follows = wks_bytes_get_u8(reader);
    out->follows = follows == 1;
    out->tick = wks_bytes_get_i32(reader);
    out->resumed_from = wks_bytes_get_i32(reader);
    out->wall_s = wks_bytes_get_double(reader);
    out->simulation_s = wks_bytes_get_double(reader);
    if (follows > 1 || out->replication < 0 || out->tick < 0 || out->tick > out->n_ticks || !(out->wall_s >= 0 && out->wall_s < 1e12) ||
        !(out->simulation_s >= 0 && out->simulation_s < 1e12))
        wks_bytes_reader_fail(reader, "a value that cannot be");
    const int32_t n_tables = wks_bytes_get_i32(reader);
    for (int i = 0; i < WKS_CHECKPOINT_FILES && n_tables == WKS_CHECKPOINT_FILES; i++) {
        out->file[i].length = wks_bytes_get_u64(reader);
        out->file[i].sum = wks_bytes_get_u64(reader);
    }
    return n_tables;
}

static wks_status unpack(const char *path, wks_bytes_reader *reader, char **out, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *state = NULL;
    const uint8_t method = wks_bytes_get_u8(reader);
    const uint64_t n = wks_bytes_get_u64(reader), n_here = wks_bytes_get_u64(reader);
    const char *here = wks_bytes_get_block(reader, (size_t)n_here);

    if (here == NULL || reader->at != reader->length || method > ZSTD || (method == STORED && n != n_here) || n > most_from(n_here))
        WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its state has no possible size", path);
    state = wks_mem_array((size_t)n + 1, 1);
    if (state == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the state of %llu bytes in %s", (unsigned long long)n, path);
    if (method == STORED) {
        memcpy(state, here, n);
    } else if (ZSTD_decompress(state, n, here, n_here) != n) { /* an error is no such number */
        WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its state cannot be unpacked", path);
    }
    if (out != NULL) {
        *out = state;
        *out_n = n;
        state = NULL;
    }
out:
    free(state);
    return rc;
}

/* What a user can do about a checkpoint that cannot be used. */
#define WAY_ON \
    "remove it and that replication begins anew (whole ones are kept), or choose another folder with -o, or --force to begin all anew"

wks_status wks_checkpoint_decode(const char *path, const char *bytes, size_t size, wks_checkpoint *out, char **out_state, size_t *out_n,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    XXH128_canonical_t sum;

    *out = (wks_checkpoint){0};
    if (out_state != NULL) *out_state = NULL;
    if (out_n != NULL) *out_n = 0;
    if (size < sizeof magic + 4 + WKS_CHECKPOINT_SUM || memcmp(bytes, magic, sizeof magic) != 0)
        WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged or no checkpoint; " WAY_ON, path);
    wks_bytes_reader reader = {.data = bytes, .length = size - WKS_CHECKPOINT_SUM, .at = sizeof magic};
    XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes, reader.length));
    if (memcmp(sum.digest, bytes + reader.length, WKS_CHECKPOINT_SUM) != 0)
        WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its sum differs; " WAY_ON, path);
    const int32_t format = wks_bytes_get_i32(&reader);
    if (format != WKS_CHECKPOINT_FORMAT)
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s has layout %d of checkpoints, this program reads %d; go on with the program that wrote it, or " WAY_ON, path, format,
                 WKS_CHECKPOINT_FORMAT);
    const int32_t n_tables = get_head(&reader, out);
    if (wks_bytes_reader_failed(&reader)) WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its head has no sense; " WAY_ON, path);
    if (n_tables != WKS_CHECKPOINT_FILES)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s was written by wijksim %s (%s), which has other tables; go on with that program, or " WAY_ON, path,
                 out->version, out->commit);
    WKS_TRY(unpack(path, &reader, out_state, out_n, err));
out:
    return rc;
}

wks_status wks_checkpoint_read(const char *path, wks_checkpoint *out, char **out_state, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *bytes = NULL;
    size_t size = 0;

    WKS_TRY(wks_file_read(path, &bytes, &size, err));
    WKS_TRY(wks_checkpoint_decode(path, bytes, size, out, out_state, out_n, err));
out:
    free(bytes);
    return rc;
}

/* ---- of the same run? ---- */

wks_status wks_checkpoint_compare(const char *path, const wks_checkpoint *found, const wks_checkpoint *asked, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (strcmp(found->version, asked->version) != 0 || strcmp(found->commit, asked->commit) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s was written by wijksim %s (%s) and this is %s (%s); go on with that program, or " WAY_ON, path,
                 found->version, found->commit, asked->version, asked->commit);
    if (found->replication != asked->replication)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of replication %d, not %d; " WAY_ON, path, found->replication, asked->replication);
    if (found->seed_dynamics != asked->seed_dynamics || found->seed_population != asked->seed_population)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a run with seeds %llu (population) and %llu (dynamics), this one has %llu and %llu; " WAY_ON,
                 path, (unsigned long long)found->seed_population, (unsigned long long)found->seed_dynamics,
                 (unsigned long long)asked->seed_population, (unsigned long long)asked->seed_dynamics);
    if (found->n_ticks != asked->n_ticks)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a run of %d ticks, this one has %d; " WAY_ON, path, found->n_ticks, asked->n_ticks);
    if (strcmp(found->settings, asked->settings) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of another scenario: its settings have hash %.12s, those of this run %.12s; " WAY_ON, path,
                 found->settings, asked->settings);
    if (strcmp(found->city, asked->city) != 0) WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a run on other files of the city; " WAY_ON, path);
    if (strcmp(found->members, asked->members) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a run with another accepted set of T1; " WAY_ON, path);
    if (found->follows != asked->follows)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a %s, this is a %s; " WAY_ON, path, found->follows ? "comparison" : "run of one scenario",
                 asked->follows ? "comparison" : "run of one scenario");
out:
    return rc;
}
