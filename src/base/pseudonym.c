#include "base/pseudonym.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static const char heading[] = "wijksim pseudonym secret 1\n";
enum { HEX = 2 * WKS_PSEUDONYM_SECRET_BYTES, HEADING = sizeof heading - 1 };

wks_status wks_pseudonym_make(wks_pseudonym *out, wks_err *err)
{
    if (sodium_init() < 0) return wks_err_set(err, WKS_ERR_IO, "this system has no source of random numbers");
    randombytes_buf(out->secret, sizeof out->secret);
    return WKS_OK;
}

void wks_pseudonym_forget(wks_pseudonym *secret)
{
    sodium_memzero(secret->secret, sizeof secret->secret);
}

wks_status wks_pseudonym_read(const char *path, wks_pseudonym *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    struct stat info;
    char *bytes = NULL;
    size_t n = 0, n_read = 0;

    if (stat(path, &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        wks_problems_warning(problems, path, 0, 0, "others than its owner may read this secret; expected mode 600");
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    if (n < HEADING + HEX || memcmp(bytes, heading, HEADING) != 0 ||
        sodium_hex2bin(out->secret, sizeof out->secret, bytes + HEADING, HEX, NULL, &n_read, NULL) != 0 || n_read != sizeof out->secret) {
        wks_problems_error(problems, path, 0, 0, "is no secret of wijksim; expected a file that an earlier --keep-key made");
        WKS_FAIL(err, WKS_ERR_DATA, "%s: no secret", path);
    }
out:
    if (bytes != NULL) sodium_memzero(bytes, n);
    free(bytes);
    return rc;
}

static bool write_all(int descriptor, const char *bytes, size_t n)
{
    while (n > 0) {
        const ssize_t done = write(descriptor, bytes, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

wks_status wks_pseudonym_save(const char *path, const wks_pseudonym *secret, wks_err *err)
{
    char text[HEADING + HEX + 2];
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

    if (descriptor < 0) return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(errno));
    memcpy(text, heading, HEADING);
    (void)sodium_bin2hex(text + HEADING, HEX + 1, secret->secret, sizeof secret->secret);
    text[HEADING + HEX] = '\n';
    bool done = write_all(descriptor, text, HEADING + HEX + 1) && (fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP);
    const int why = errno;
    done = close(descriptor) == 0 && done;
    sodium_memzero(text, sizeof text);
    if (done) return WKS_OK;
    (void)unlink(path);
    return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(why));
}

void wks_pseudonym_key(const wks_pseudonym *secret, const char *kind, const char *number, char *out)
{
    unsigned char digest[WKS_PSEUDONYM_DIGITS / 2];
    crypto_generichash_state state;

    (void)crypto_generichash_init(&state, secret->secret, sizeof secret->secret, sizeof digest);
    (void)crypto_generichash_update(&state, (const unsigned char *)kind,
                                    strlen(kind) + 1); /* with its NUL: no kind is the start of another */
    (void)crypto_generichash_update(&state, (const unsigned char *)number, strlen(number));
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    (void)sodium_bin2hex(out, WKS_PSEUDONYM_DIGITS + 1, digest, sizeof digest);
    sodium_memzero(&state, sizeof state);
}
