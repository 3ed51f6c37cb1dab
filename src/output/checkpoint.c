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

static void put_number(wks_text *out, uint64_t value, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++)
        wks_text_add_char(out, (char)(unsigned char)(value >> (8 * i)));
}

static void put_double(wks_text *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_number(out, bits, 8);
}

static void put_text(wks_text *out, const char *text)
{
    const size_t n = strlen(text);
    put_number(out, n, 4);
    wks_text_add_bytes(out, text, n);
}

static void put_head(wks_text *out, const wks_checkpoint *checkpoint)
{
    wks_text_add_bytes(out, magic, sizeof magic);
    put_number(out, WKS_CHECKPOINT_FORMAT, 4);
    put_text(out, checkpoint->version);
    put_text(out, checkpoint->commit);
    put_text(out, checkpoint->settings);
    put_text(out, checkpoint->city);
    put_text(out, checkpoint->members);
    put_number(out, checkpoint->seed_population, 8);
    put_number(out, checkpoint->seed_dynamics, 8);
    put_number(out, (uint32_t)checkpoint->replication, 4);
    put_number(out, (uint32_t)checkpoint->n_ticks, 4);
    put_number(out, checkpoint->follows, 1);
    put_number(out, (uint32_t)checkpoint->tick, 4);
    put_number(out, (uint32_t)checkpoint->resumed_from, 4);
    put_double(out, checkpoint->wall_s);
    put_double(out, checkpoint->simulation_s);
    put_number(out, WKS_CHECKPOINT_FILES, 4);
    for (int i = 0; i < WKS_CHECKPOINT_FILES; i++) {
        put_number(out, checkpoint->file[i].length, 8);
        put_number(out, checkpoint->file[i].sum, 8);
    }
}

static uint64_t most_from(uint64_t n)
{
    return n * MOST_RATIO + MOST_EXTRA;
}

void wks_checkpoint_seal(wks_text *bytes)
{
    XXH128_canonical_t sum;

    _Static_assert(sizeof sum.digest == WKS_CHECKPOINT_SUM, "the sum has 128 bits");
    if (bytes->failed) return;
    XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes->data, bytes->length));
    wks_text_add_bytes(bytes, (const char *)sum.digest, sizeof sum.digest);
}

wks_status wks_checkpoint_encode(const wks_checkpoint *checkpoint, const char *state, size_t n, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t room = ZSTD_compressBound(n);
    char *small = malloc(room);

    if (small == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a checkpoint of %zu bytes", n);
    const size_t n_small = ZSTD_compress(small, room, state, n, LEVEL);
    if (ZSTD_isError(n_small)) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a checkpoint of %zu bytes", n);
    /* What packs better than a reader believes, or not at all, is stored as it is. */
    const bool packs = n_small < n && n <= most_from(n_small);
    put_head(out, checkpoint);
    put_number(out, packs ? ZSTD : STORED, 1);
    put_number(out, n, 8);
    put_number(out, packs ? n_small : n, 8);
    wks_text_add_bytes(out, packs ? small : state, packs ? n_small : n);
    wks_checkpoint_seal(out);
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a checkpoint of %zu bytes", n);
out:
    free(small);
    return rc;
}

wks_status wks_checkpoint_write(const char *folder, const wks_checkpoint *checkpoint, const char *state, size_t n, bool is_own,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text bytes = WKS_TEXT_INIT;
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
    wks_text_free(&bytes);
    free(inside);
    free(path);
    return rc;
}

/* ---- reading ---- */

/* What is left to read; `failed` when more was asked for than there is. */
typedef struct wks_checkpoint_source {
    const char *at, *end;
    bool failed;
} source;

static uint64_t get_number(source *from, int n_bytes)
{
    uint64_t value = 0;

    if (from->end - from->at < n_bytes) from->failed = true;
    for (int i = 0; i < n_bytes && !from->failed; i++)
        value |= (uint64_t)(unsigned char)from->at[i] << (8 * i);
    if (!from->failed) from->at += n_bytes;
    return value;
}

static int32_t get_int(source *from)
{
    return (int32_t)(uint32_t)get_number(from, 4);
}

static double get_double(source *from)
{
    const uint64_t bits = get_number(from, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void get_text(source *from, char *out, size_t room)
{
    const uint64_t n = get_number(from, 4);

    out[0] = '\0';
    if (n >= room || n > (uint64_t)(from->end - from->at)) from->failed = true;
    if (from->failed) return;
    memcpy(out, from->at, n);
    out[n] = '\0';
    from->at += n;
    from->failed = strlen(out) != n;
}

static void get_head(source *from, wks_checkpoint *out)
{
    get_text(from, out->version, sizeof out->version);
    get_text(from, out->commit, sizeof out->commit);
    get_text(from, out->settings, sizeof out->settings);
    get_text(from, out->city, sizeof out->city);
    get_text(from, out->members, sizeof out->members);
    out->seed_population = get_number(from, 8);
    out->seed_dynamics = get_number(from, 8);
    out->replication = get_int(from);
    out->n_ticks = get_int(from);
    const uint64_t follows = get_number(from, 1);
    out->follows = follows == 1;
    out->tick = get_int(from);
    out->resumed_from = get_int(from);
    out->wall_s = get_double(from);
    out->simulation_s = get_double(from);
    const uint64_t n_tables = get_number(from, 4);
    from->failed = from->failed || follows > 1 || n_tables != WKS_CHECKPOINT_FILES || out->tick < 0 || out->tick > out->n_ticks ||
                   !(out->wall_s >= 0 && out->wall_s < 1e12) || !(out->simulation_s >= 0 && out->simulation_s < 1e12);
    for (int i = 0; i < WKS_CHECKPOINT_FILES; i++) {
        out->file[i].length = get_number(from, 8);
        out->file[i].sum = get_number(from, 8);
    }
}

static wks_status unpack(const char *path, source *from, char **out, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *state = NULL;
    const uint64_t method = get_number(from, 1);
    const uint64_t n = get_number(from, 8);
    const uint64_t n_here = get_number(from, 8);

    if (from->failed || n_here != (uint64_t)(from->end - from->at) || method > ZSTD || (method == STORED && n != n_here) ||
        n > most_from(n_here))
        WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its state has no possible size", path);
    state = malloc(n + 1);
    if (state == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the state of %llu bytes in %s", (unsigned long long)n, path);
    if (method == STORED) {
        memcpy(state, from->at, n);
    } else if (ZSTD_decompress(state, n, from->at, n_here) != n) { /* an error is no such number */
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
    source from = {bytes, bytes + size, false};
    XXH128_canonical_t sum;

    *out = (wks_checkpoint){0};
    if (out_state != NULL) *out_state = NULL;
    if (out_n != NULL) *out_n = 0;
    if (size < sizeof magic + 4 + WKS_CHECKPOINT_SUM || memcmp(bytes, magic, sizeof magic) != 0)
        WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged or no checkpoint; " WAY_ON, path);
    from.end -= WKS_CHECKPOINT_SUM;
    XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes, size - WKS_CHECKPOINT_SUM));
    if (memcmp(sum.digest, from.end, WKS_CHECKPOINT_SUM) != 0) WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its sum differs; " WAY_ON, path);
    from.at += sizeof magic;
    const uint64_t format = get_number(&from, 4);
    if (format != WKS_CHECKPOINT_FORMAT)
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s has layout %llu of checkpoints, this program reads %d; go on with the program that wrote it, or " WAY_ON, path,
                 (unsigned long long)format, WKS_CHECKPOINT_FORMAT);
    get_head(&from, out);
    if (from.failed) WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its head has no sense; " WAY_ON, path);
    WKS_TRY(unpack(path, &from, out_state, out_n, err));
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
