// links: wks_output
/* Any bytes as a checkpoint, as they are and with a good sum put behind them: no crash, no memory beyond the bound, and what is accepted is written as the same
 * checkpoint again. */
#include <stdlib.h>
#include <string.h>

#include "output/checkpoint.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void look(const char *bytes, size_t n)
{
    wks_checkpoint found, again;
    wks_err err = WKS_ERR_INIT;
    wks_bytes text = {0};
    char *state = NULL, *back = NULL;
    size_t n_state = 0, n_back = 0;

    const wks_status rc = wks_checkpoint_decode("fuzz", bytes, n, &found, &state, &n_state, &err);
    if (rc != WKS_OK) {
        if (state != NULL || err.message[0] == '\0' || (rc != WKS_ERR_DATA && rc != WKS_ERR_USAGE)) abort();
        return;
    }
    if (n_state > 256 * n + (1 << 20)) abort();
    if (wks_checkpoint_encode(&found, state, n_state, &text, &err) != WKS_OK) abort();
    if (wks_checkpoint_decode("again", text.data, text.length, &again, &back, &n_back, &err) != WKS_OK) abort();
    if (n_back != n_state || memcmp(back, state, n_state) != 0 || wks_checkpoint_compare("again", &again, &found, &err) != WKS_OK) abort();
    wks_bytes_free(&text);
    free(state);
    free(back);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    wks_bytes sealed = {0};

    look((const char *)data, n);
    wks_bytes_put_block(&sealed, data, n);
    wks_checkpoint_seal(&sealed);
    look(sealed.data, sealed.length);
    wks_bytes_free(&sealed);
    return 0;
}
