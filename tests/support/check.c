#include "support/check.h"

void wks_check_close(double a, double b, double rel, double abs, const char *what, const char *file, int line)
{
    if (isnan(a) && isnan(b)) return;
    double largest = fmax(fabs(a), fabs(b));
    double distance = fabs(a - b);
    if (a == b || distance <= abs || distance <= rel * largest) return;
    print_error("%s is %.17g, expected %.17g (differs by %g; allowed %g relative or %g absolute)\n", what, a, b, distance, rel, abs);
    _fail(file, line);
}

void wks_check_status(wks_status rc, wks_status expected, const wks_err *err, const char *what, const char *file, int line)
{
    const char *message = err == NULL ? "" : err->message;
    if (rc != expected) {
        print_error("%s gave status %d, expected %d: %s\n", what, (int)rc, (int)expected, message);
        _fail(file, line);
    }
    if (rc != WKS_OK && err != NULL && (err->status == WKS_OK || message[0] == '\0')) {
        print_error("%s gave status %d but left no message\n", what, (int)rc);
        _fail(file, line);
    }
}

void wks_check_problems(const wks_problems *problems, const char *expected, const char *file, int line)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "");
    wks_problems_print(problems, &text);
    bool same = text.data != NULL && strcmp(text.data, expected) == 0;
    if (!same) print_error("problems:\n%sexpected:\n%s", text.data == NULL ? "(no memory)\n" : text.data, expected);
    wks_text_free(&text);
    if (!same) _fail(file, line);
}

void wks_check_contains(const char *text, const char *part, const char *file, int line)
{
    if (text != NULL && strstr(text, part) != NULL) return;
    print_error("\"%s\" does not contain \"%s\"\n", text == NULL ? "(null)" : text, part);
    _fail(file, line);
}

const char *wks_check_test_data(void)
{
    const char *folder = getenv("WKS_TEST_DATA");
    return folder != NULL && folder[0] != '\0' ? folder : NULL;
}

const char *wks_check_shared_data(void)
{
    const char *folder = getenv("WKS_SHARED_DATA");
    return folder != NULL && folder[0] != '\0' ? folder : NULL;
}

const char *wks_check_need_shared_data(void)
{
    const char *folder = wks_check_shared_data();
    if (folder == NULL) {
        print_message("skipped: WKS_SHARED_DATA is not set (real data)\n");
        skip();
    }
    return folder;
}
