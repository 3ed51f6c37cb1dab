#include "base/log.h"

#include "support/check.h"

typedef struct heard {
    int n;
    wks_log_level level;
    char message[64];
    size_t longest;
} heard;

static void listen(wks_log_level level, const char *message, void *context)
{
    heard *ear = context;
    ear->n++;
    ear->level = level;
    size_t n = strlen(message);
    if (n > ear->longest) ear->longest = n;
    (void)snprintf(ear->message, sizeof ear->message, "%s", message);
}

static void log_message_reaches_the_sink(void **state)
{
    (void)state;
    heard ear = {.n = 0};
    wks_log_install(listen, &ear);
    wks_log_say(WKS_LOG_WARNING, "%d buurten without %s", 5, "polygon");
    wks_log_install(NULL, NULL);
    assert_int_equal(ear.n, 1);
    assert_int_equal(ear.level, WKS_LOG_WARNING);
    assert_string_equal(ear.message, "5 buurten without polygon");
}

static void log_without_sink_is_silent(void **state)
{
    (void)state;
    heard ear = {.n = 0};
    wks_log_install(listen, &ear);
    wks_log_install(NULL, NULL);
    wks_log_say(WKS_LOG_INFO, "nobody hears this");
    assert_int_equal(ear.n, 0);
}

static void log_long_message_is_cut(void **state)
{
    (void)state;
    heard ear = {.n = 0};
    char longer[5000];
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    wks_log_install(listen, &ear);
    wks_log_say(WKS_LOG_DETAIL, "%s", longer);
    wks_log_install(NULL, NULL);
    assert_int_equal(ear.longest, 1023);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_message_reaches_the_sink),
        cmocka_unit_test(log_without_sink_is_silent),
        cmocka_unit_test(log_long_message_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
