#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "base/text.h"

enum { FILE_CHUNK = 1 << 16, FILE_NAME_TRIES = 1000, FILE_SHA256_HEX = 2 * crypto_hash_sha256_BYTES + 1 };

/* ---- reading ---- */

/* Of a regular file, to take the memory at once; 0 when it is not known. */
static size_t size_of(FILE *stream)
{
    struct stat info;
    return fstat(fileno(stream), &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 ? (size_t)info.st_size : 0;
}

wks_status wks_file_read(const char *path, char **out_bytes, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *bytes = NULL;
    size_t n = 0;
    size_t capacity = 0;
    size_t expected = 0;
    FILE *stream = NULL;

    *out_bytes = NULL;
    *out_n = 0;
    if (wks_file_is_folder(path)) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: it is a folder", path);
    stream = fopen(path, "rb");
    if (stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
    expected = size_of(stream);
    for (;;) {
        if (capacity - n < FILE_CHUNK + 1) {
            capacity = wks_mem_capacity(capacity, (n > expected ? n : expected) + FILE_CHUNK + 1);
            char *grown = wks_mem_resize(bytes, capacity, capacity, 1);
            if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
            bytes = grown;
        }
        size_t got = fread(bytes + n, 1, FILE_CHUNK, stream);
        n += got;
        if (got == 0) break;
    }
    if (ferror(stream)) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
    bytes[n] = '\0';
    *out_bytes = bytes;
    *out_n = n;
    bytes = NULL;
out:
    if (stream != NULL) (void)fclose(stream);
    free(bytes);
    return rc;
}

/* ---- writing ---- */

/* Devices and pipes (/dev/stdout, /dev/full) are written directly: renaming onto them would replace them. */
static bool is_special(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/* Opens a new file "<path>.tmp<pid>-<i>"; the number makes leftovers of a killed process harmless. */
static wks_status open_temporary(const char *path, wks_file_writer *writer, wks_err *err)
{
    int descriptor = -1;
    for (int i = 0; i < FILE_NAME_TRIES && descriptor < 0; i++) {
        wks_text name = WKS_TEXT_INIT;
        wks_text_addf(&name, "%s.tmp%ld-%d", path, (long)getpid(), i);
        if (name.failed) {
            wks_text_free(&name);
            return wks_err_set(err, WKS_ERR_NOMEM, "no memory to write %s", path);
        }
        descriptor = open(name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            int reason = errno;
            wks_text_free(&name);
            if (reason != EEXIST) return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(reason));
        } else {
            writer->temporary = name.data;
        }
    }
    if (descriptor < 0) return wks_err_set(err, WKS_ERR_IO, "cannot write %s: too many temporary files beside it", path);
    writer->stream = fdopen(descriptor, "wb");
    if (writer->stream == NULL) {
        (void)close(descriptor);
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory to write %s", path);
    }
    return WKS_OK;
}

wks_status wks_file_writer_open(const char *path, wks_file_writer *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_file_writer){NULL, NULL, NULL};
    if (wks_file_is_folder(path)) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: it is a folder", path);
    out->path = wks_mem_string(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to write %s", path);
    if (is_special(path)) {
        out->stream = fopen(path, "wb");
        if (out->stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(errno));
    } else {
        WKS_TRY(open_temporary(path, out, err));
    }
out:
    if (rc != WKS_OK) wks_file_writer_discard(out);
    return rc;
}

wks_status wks_file_writer_make_private(wks_file_writer *writer, wks_err *err)
{
    if (writer->temporary == NULL || fchmod(fileno(writer->stream), S_IRUSR | S_IWUSR) == 0) return WKS_OK;
    return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", writer->path, strerror(errno));
}

wks_status wks_file_writer_put(wks_file_writer *writer, const char *bytes, size_t n, wks_err *err)
{
    if (n == 0 || fwrite(bytes, 1, n, writer->stream) == n) return WKS_OK;
    return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", writer->path, strerror(errno));
}

wks_status wks_file_writer_put_file(wks_file_writer *writer, const char *path, size_t skip, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *chunk = wks_mem_array(FILE_CHUNK, 1);
    FILE *stream = NULL;
    size_t n = 0;

    if (chunk == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    stream = fopen(path, "rb");
    if (stream == NULL || fseeko(stream, (off_t)skip, SEEK_SET) != 0)
        WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
    while ((n = fread(chunk, 1, FILE_CHUNK, stream)) > 0)
        WKS_TRY(wks_file_writer_put(writer, chunk, n, err));
    if (ferror(stream)) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
out:
    if (stream != NULL) (void)fclose(stream);
    free(chunk);
    return rc;
}

static void close_writer(wks_file_writer *writer)
{
    if (writer->stream != NULL) (void)fclose(writer->stream);
    free(writer->path);
    free(writer->temporary);
    *writer = (wks_file_writer){NULL, NULL, NULL};
}

void wks_file_writer_discard(wks_file_writer *writer)
{
    if (writer->temporary != NULL) (void)unlink(writer->temporary);
    close_writer(writer);
}

void wks_file_sync_folder(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    (void)fsync(descriptor);
    (void)close(descriptor);
}

bool wks_file_sync(FILE *stream)
{
    if (fflush(stream) != 0) return false;
    return fsync(fileno(stream)) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

wks_status wks_file_writer_commit(wks_file_writer *writer, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = wks_file_folder(writer->path);

    if (folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to write %s", writer->path);
    if (!wks_file_sync(writer->stream)) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", writer->path, strerror(errno));
    int closed = fclose(writer->stream);
    writer->stream = NULL;
    if (closed != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", writer->path, strerror(errno));
    if (writer->temporary != NULL) {
        if (rename(writer->temporary, writer->path) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", writer->path, strerror(errno));
        wks_file_sync_folder(folder);
    }
    close_writer(writer);
out:
    if (rc != WKS_OK) wks_file_writer_discard(writer);
    free(folder);
    return rc;
}

wks_status wks_file_write(const char *path, const char *bytes, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {NULL, NULL, NULL};

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, bytes, n, err));
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    if (rc != WKS_OK) wks_file_writer_discard(&writer);
    return rc;
}

/* ---- folders ---- */

bool wks_file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool wks_file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

bool wks_file_folder_has_entries(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) return false;
    bool found = false;
    for (struct dirent *entry = readdir(folder); entry != NULL && !found; entry = readdir(folder))
        found = is_entry(entry);
    (void)closedir(folder);
    return found;
}

wks_status wks_file_make_folder(const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *part = wks_mem_string(path);

    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to make the folder %s", path);
    for (char *at = part; *at != '\0';) {
        while (*at == '/')
            at++;
        while (*at != '\0' && *at != '/')
            at++;
        char kept = *at;
        *at = '\0';
        const int reason = mkdir(part, 0777) == 0 ? 0 : errno; /* looking whether it is there changes errno */
        if (reason != 0 && !wks_file_is_folder(part)) {
            if (reason == EEXIST)
                WKS_FAIL(err, WKS_ERR_USAGE, "cannot make the folder %s: a file has that name; expected a folder or a new name", part);
            WKS_FAIL(err, WKS_ERR_IO, "cannot make the folder %s: %s", part, strerror(reason));
        }
        *at = kept;
    }
out:
    free(part);
    return rc;
}

wks_status wks_file_remove(const char *path, wks_err *err)
{
    if (unlink(path) == 0 || errno == ENOENT) return WKS_OK;
    return wks_err_set(err, WKS_ERR_IO, "cannot remove %s: %s", path, strerror(errno));
}

wks_status wks_file_share(const char *path, const char *second, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {NULL, NULL, NULL};
    struct stat info;

    if (link(path, second) == 0) return WKS_OK;
    if (stat(path, &info) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
    WKS_TRY(wks_file_writer_open(second, &writer, err));
    if (fchmod(fileno(writer.stream), info.st_mode & 0777) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", second, strerror(errno));
    WKS_TRY(wks_file_writer_put_file(&writer, path, 0, err));
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    return rc;
}

wks_status wks_file_claim(const char *path, const char *text, bool *out_is_ours, wks_err *err)
{
    const size_t n = strlen(text);
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    *out_is_ours = descriptor >= 0;
    if (descriptor < 0 && errno == EEXIST) return WKS_OK;
    if (descriptor < 0) return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(errno));
    const bool is_written = write(descriptor, text, n) == (ssize_t)n;
    if (close(descriptor) == 0 && is_written) return WKS_OK;
    return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(errno));
}

wks_status wks_file_rename(const char *from, const char *to, wks_err *err)
{
    char *folder = wks_file_folder(to);

    if (folder == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    const int reason = rename(from, to) == 0 ? 0 : errno;
    if (reason == 0) wks_file_sync_folder(folder);
    free(folder);
    return reason == 0 ? WKS_OK : wks_err_set(err, WKS_ERR_IO, "cannot move %s to %s: %s", from, to, strerror(reason));
}

static wks_status move_entry(const char *from, const char *to, const char *name, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(from, name), *target = wks_file_join(to, name);

    if (path == NULL || target == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    rc = wks_file_is_folder(path) && wks_file_folder_has_entries(target) ? wks_file_move_entries(path, target, err)
                                                                         : wks_file_rename(path, target, err);
out:
    free(path);
    free(target);
    return rc;
}

wks_status wks_file_move_entries(const char *from, const char *to, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **names = NULL;
    size_t n = 0;

    WKS_TRY(wks_file_list(from, &names, &n, err));
    for (size_t i = 0; i < n; i++)
        WKS_TRY(move_entry(from, to, names[i], err));
    if (rmdir(from) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot remove the folder %s: %s", from, strerror(errno));
out:
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return rc;
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

wks_status wks_file_list(const char *path, char ***out_names, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **names = NULL;
    size_t n = 0;
    size_t capacity = 0;
    DIR *folder = NULL;

    *out_names = NULL;
    *out_n = 0;
    folder = opendir(path);
    if (folder == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot read the folder %s: %s", path, strerror(errno));
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (!is_entry(entry)) continue;
        if (n == capacity) {
            size_t more = wks_mem_capacity(capacity, n + 1);
            char **grown = wks_mem_resize(names, n, more, sizeof *names);
            if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the names in %s", path);
            names = grown;
            capacity = more;
        }
        names[n] = wks_mem_string(entry->d_name);
        if (names[n] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the names in %s", path);
        n++;
    }
    if (n > 0) qsort(names, n, sizeof *names, compare_names);
    *out_names = names;
    *out_n = n;
    names = NULL;
    n = 0;
out:
    if (folder != NULL) (void)closedir(folder);
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return rc;
}

/* ---- names of files ---- */

static char *part_of(const char *s, size_t n)
{
    char *out = wks_mem_array(n + 1, 1);
    if (out != NULL) memcpy(out, s, n);
    return out;
}

char *wks_file_join(const char *a, const char *b)
{
    size_t n = strlen(a);
    if (b[0] == '/' || n == 0) return wks_mem_string(b);
    size_t m = strlen(b);
    bool slash = a[n - 1] != '/';
    char *out = wks_mem_array(n + m + 2, 1);
    if (out == NULL) return NULL;
    memcpy(out, a, n);
    if (slash) out[n++] = '/';
    memcpy(out + n, b, m);
    return out;
}

char *wks_file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return wks_mem_string(".");
    return slash == path ? wks_mem_string("/") : part_of(path, (size_t)(slash - path));
}

char *wks_file_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name ? wks_mem_string(name) : part_of(name, (size_t)(dot - name));
}

/* ---- hashes ---- */

static void print_hex(const unsigned char *digest, char *out)
{
    (void)sodium_bin2hex(out, FILE_SHA256_HEX, digest, crypto_hash_sha256_BYTES);
}

wks_status wks_file_sha256(const char *path, char *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    unsigned char *chunk = NULL;
    FILE *stream = NULL;
    wks_sha256 sha;
    uint8_t digest[WKS_SHA256_BYTES];

    out[0] = '\0';
    if (wks_file_is_folder(path)) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: it is a folder", path);
    stream = fopen(path, "rb");
    if (stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
    chunk = wks_mem_array(FILE_CHUNK, 1);
    if (chunk == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    wks_sha256_begin(&sha, true);
    for (size_t got = fread(chunk, 1, FILE_CHUNK, stream); got > 0; got = fread(chunk, 1, FILE_CHUNK, stream))
        wks_sha256_add(&sha, chunk, got);
    if (ferror(stream)) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
    wks_sha256_end(&sha, digest);
    print_hex(digest, out);
out:
    if (stream != NULL) (void)fclose(stream);
    free(chunk);
    return rc;
}

void wks_file_sha256_bytes(const void *bytes, size_t n, char *out)
{
    wks_sha256 sha;
    uint8_t digest[WKS_SHA256_BYTES];

    wks_sha256_begin(&sha, true);
    wks_sha256_add(&sha, bytes, n);
    wks_sha256_end(&sha, digest);
    print_hex(digest, out);
}

/* ---- where the program's data lies ---- */

char *wks_file_program_folder(void)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) return NULL;
    path[n] = '\0';
    return wks_file_folder(path);
}

static bool holds_scenarios(const char *folder)
{
    char *scenarios = wks_file_join(folder, "scenarios");
    bool found = scenarios != NULL && wks_file_is_folder(scenarios);
    free(scenarios);
    return found;
}

/* The folder if it holds scenarios/, else NULL; frees it then. */
static char *accept_take(char *folder)
{
    if (folder != NULL && holds_scenarios(folder)) return folder;
    free(folder);
    return NULL;
}

/* CMake writes bin/.wijksim-data, with the path of the source tree, into build trees; it is never installed. */
static char *source_tree(const char *program_folder, const char *marker)
{
    char *path = wks_file_join(program_folder, marker);
    char *bytes = NULL;
    size_t n = 0;
    char *out = NULL;
    if (path != NULL && wks_file_exists(path) && wks_file_read(path, &bytes, &n, NULL) == WKS_OK)
        out = wks_mem_string(wks_text_trim(bytes));
    free(bytes);
    free(path);
    return accept_take(out);
}

char *wks_file_data_folder(void)
{
    const char *given = getenv("WIJKSIM_DATA");
    if (given != NULL && given[0] != '\0') return accept_take(wks_mem_string(given));
    char *program = wks_file_program_folder();
    if (program == NULL) return NULL;
    char *out = source_tree(program, ".wijksim-data");
    if (out == NULL) out = source_tree(program, "../.wijksim-data");
    if (out == NULL) out = accept_take(wks_file_join(program, "../.."));
    if (out == NULL) out = accept_take(wks_file_join(program, "../share/wijksim"));
    free(program);
    return out;
}

FILE *wks_file_stream(const char *path)
{
    return fopen(path, "rb");
}
