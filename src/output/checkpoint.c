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

/* The way of a state to the disk: packed, summed, put, a little at a time. */
typedef struct wks_checkpoint_stream {
    wks_file_writer *writer; /* or */
    wks_bytes *out;
    XXH3_state_t *sum;
    ZSTD_CCtx *packer; /* NULL: stored as it is */
    char *packed;      /* room for what comes out of it */
    size_t room;
    uint64_t n, n_packed; /* bytes of the state so far, and of what they became */
    wks_status rc;
    wks_err *err;
} stream;

static bool put(stream *self, const void *data, size_t n)
{
    if (self->rc != WKS_OK) return false;
    (void)XXH3_128bits_update(self->sum, data, n);
    if (self->writer == NULL) {
        wks_bytes_put_block(self->out, data, n);
    } else {
        self->rc = wks_file_writer_put(self->writer, data, n, self->err);
    }
    return self->rc == WKS_OK;
}

/* The state as far as it goes; ZSTD_e_end: that was all. */
static bool pack(stream *self, const char *data, size_t n, ZSTD_EndDirective how)
{
    ZSTD_inBuffer in = {data, n, 0};
    size_t left = 1;

    while (self->rc == WKS_OK && (in.pos < in.size || (how == ZSTD_e_end && left > 0))) {
        ZSTD_outBuffer packed = {self->packed, self->room, 0};
        left = ZSTD_compressStream2(self->packer, &packed, &in, how);
        if (ZSTD_isError(left)) {
            self->rc = wks_err_set(self->err, WKS_ERR_NOMEM, "no memory to pack a checkpoint");
        } else {
            self->n_packed += packed.pos;
            (void)put(self, packed.dst, packed.pos);
        }
    }
    return self->rc == WKS_OK;
}

static bool take(const char *data, size_t n, void *context)
{
    stream *self = context;

    self->n += n;
    if (self->packer != NULL) return pack(self, data, n, ZSTD_e_continue);
    self->n_packed += n;
    return put(self, data, n);
}

static wks_status begin(stream *self, bool packs)
{
    self->sum = XXH3_createState();
    self->room = ZSTD_CStreamOutSize();
    self->packed = wks_mem_array(self->room, 1);
    self->packer = packs ? ZSTD_createCCtx() : NULL;
    if (self->sum == NULL || self->packed == NULL || (packs && self->packer == NULL))
        return wks_err_set(self->err, WKS_ERR_NOMEM, "no memory to pack a checkpoint");
    (void)XXH3_128bits_reset(self->sum);
    if (packs) (void)ZSTD_CCtx_setParameter(self->packer, ZSTD_c_compressionLevel, LEVEL);
    return WKS_OK;
}

static void end(stream *self)
{
    ZSTD_freeCCtx(self->packer);
    (void)XXH3_freeState(self->sum);
    free(self->packed);
}

/* How much it was, and the sum. */
static void put_tail(stream *self)
{
    XXH128_canonical_t sum;
    wks_bytes tail = {0};

    wks_bytes_put_u64(&tail, self->n);
    if (self->rc == WKS_OK) self->rc = wks_bytes_status(&tail, self->err);
    (void)put(self, tail.data, tail.length);
    wks_bytes_free(&tail);
    XXH128_canonicalFromHash(&sum, XXH3_128bits_digest(self->sum));
    (void)put(self, sum.digest, sizeof sum.digest);
}

/* To a file or to bytes. `out_fits`: not packed more than a reader believes. */
static wks_status write_all(wks_file_writer *writer, wks_bytes *out, bool packs, const wks_checkpoint *checkpoint,
                            wks_checkpoint_save *save, const void *context, bool *out_fits, wks_err *err)
{
    wks_status rc = WKS_OK;
    stream self = {.writer = writer, .out = out, .err = err};
    wks_bytes head = {0}, state = {.sink = take, .sink_context = &self};

    WKS_TRY(begin(&self, packs));
    put_head(&head, checkpoint);
    wks_bytes_put_u8(&head, packs ? ZSTD : STORED);
    WKS_TRY(wks_bytes_status(&head, err));
    (void)put(&self, head.data, head.length);
    rc = save(context, &state, err);
    wks_bytes_flush(&state);
    if (self.rc == WKS_OK && rc == WKS_OK) rc = wks_bytes_status(&state, err);
    if (rc == WKS_OK && self.rc == WKS_OK && packs) (void)pack(&self, NULL, 0, ZSTD_e_end);
    if (self.rc != WKS_OK) rc = self.rc; /* what went wrong first: a save that is told no more says so too */
    if (rc != WKS_OK) goto out;
    put_tail(&self);
    rc = self.rc;
    *out_fits = self.n <= most_from(self.n_packed);
out:
    wks_bytes_free(&state);
    wks_bytes_free(&head);
    end(&self);
    return rc;
}

wks_status wks_checkpoint_save_block(const void *context, wks_bytes *out, wks_err *err)
{
    const wks_checkpoint_block *block = context;

    wks_bytes_put_block(out, block->data, block->n);
    return wks_bytes_status(out, err);
}

wks_status wks_checkpoint_encode(const wks_checkpoint *checkpoint, const char *state, size_t n, wks_bytes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_checkpoint_block block = {state, n};
    bool fits = true;

    WKS_TRY(write_all(NULL, out, true, checkpoint, wks_checkpoint_save_block, &block, &fits, err));
    if (!fits) {
        wks_bytes_clear(out);
        WKS_TRY(write_all(NULL, out, false, checkpoint, wks_checkpoint_save_block, &block, &fits, err));
    }
    rc = wks_bytes_status(out, err);
out:
    return rc;
}

static wks_status write_once(const char *path, bool packs, const wks_checkpoint *checkpoint, wks_checkpoint_save *save, const void *context,
                             bool is_own, bool *out_fits, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {0};

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    if (is_own) WKS_TRY(wks_file_writer_make_private(&writer, err));
    WKS_TRY(write_all(&writer, NULL, packs, checkpoint, save, context, out_fits, err));
    if (*out_fits || !packs) WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    return rc;
}

wks_status wks_checkpoint_write_state(const char *folder, const wks_checkpoint *checkpoint, wks_checkpoint_save *save, const void *context,
                                      bool is_own, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool fits = true;
    char *path = wks_checkpoint_path(folder, checkpoint->replication);
    char *inside = path == NULL ? NULL : wks_file_folder(path);

    if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_make_folder(inside, err));
    WKS_TRY(write_once(path, true, checkpoint, save, context, is_own, &fits, err));
    if (!fits) WKS_TRY(write_once(path, false, checkpoint, save, context, is_own, &fits, err));
out:
    free(inside);
    free(path);
    return rc;
}

wks_status wks_checkpoint_write(const char *folder, const wks_checkpoint *checkpoint, const char *state, size_t n, bool is_own,
                                wks_err *err)
{
    const wks_checkpoint_block block = {state, n};
    return wks_checkpoint_write_state(folder, checkpoint, wks_checkpoint_save_block, &block, is_own, err);
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
    const size_t left = reader->length - reader->at, n_here = left < sizeof(uint64_t) ? 0 : left - sizeof(uint64_t);
    const char *here = wks_bytes_get_block(reader, n_here);
    const uint64_t n = wks_bytes_get_u64(reader);

    if (wks_bytes_reader_failed(reader) || method > ZSTD || (method == STORED && n != n_here) || n > most_from(n_here))
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
