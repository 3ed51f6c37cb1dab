#include "scenario/elsewhere.h"

#include <stdio.h>
#include <string.h>

#include "scenario/keys.h"

/* Among so many names a short word is always near to one. */
enum { MOST_PATHS = 3, MOST_NEAR = 1024, LEAST_LENGTH = 5 };

typedef struct finding {
    const wks_catalogue *catalogue;
    const char *key;
    wks_text out;
    int n;
} finding;

static void tell(finding *self, const char *above, const char *name)
{
    wks_text path = WKS_TEXT_INIT, quoted = WKS_TEXT_INIT;

    wks_text_addf(&path, "%s%s", above, name);
    wks_text_addf(&quoted, "'%s'", path.data == NULL ? "" : path.data);
    if (!path.failed && !quoted.failed && (self->out.data == NULL || strstr(self->out.data, quoted.data) == NULL)) {
        if (self->n < MOST_PATHS) wks_text_addf(&self->out, "%s%s", self->n == 0 ? "" : " or ", quoted.data);
        self->n++;
    }
    wks_text_free(&path);
    wks_text_free(&quoted);
}

static const wks_spec *find_process(const wks_catalogue *catalogue, const char *name)
{
    for (int32_t i = 0; i < catalogue->n_processes; i++) {
        if (strcmp(catalogue->process[i]->name, name) == 0) return catalogue->process[i];
    }
    return NULL;
}

/* The name of a parameter of a spec that is nearest to `inside`, NULL if none is. */
static const char *nearest_param(const wks_spec *spec, const char *inside)
{
    const char *names[WKS_PARAM_MAX];

    for (int32_t i = 0; i < spec->n_params; i++)
        names[i] = spec->param[i].name;
    return wks_text_nearest(inside, names, (size_t)spec->n_params);
}

/* A process: with the key nearest to the one that was written inside it. */
static void tell_process(finding *self, const wks_spec *process, const char *inside)
{
    const char *param = inside == NULL ? NULL : wks_settings_param(process, inside) >= 0 ? inside : nearest_param(process, inside);
    wks_text above = WKS_TEXT_INIT;

    wks_text_addf(&above, "processes.%s%s", process->name, param == NULL ? "" : ".");
    if (!above.failed) tell(self, above.data, param == NULL ? "" : param);
    wks_text_free(&above);
}

static void tell_params(finding *self)
{
    for (int32_t i = 0; i < self->catalogue->n_processes; i++) {
        if (wks_settings_param(self->catalogue->process[i], self->key) >= 0) tell_process(self, self->catalogue->process[i], self->key);
    }
    for (int32_t i = 0; i < wks_keys_n_sections; i++) { /* those of which one path is right */
        const char *above = wks_keys_sections[i].path;
        if (above[0] == '\0' || strpbrk(above, "[<") != NULL || wks_settings_param(wks_keys_sections[i].spec, self->key) < 0) continue;
        tell(self, above, self->key);
    }
}

/* How a list's element is addressed: by its name, or by that of its rule part. */
static const char *name_of(const wks_config_node *node)
{
    static const char *const key[] = {"name", "part"};

    if (node->name != NULL) return node->name;
    if (node->type == WKS_CONFIG_STRING) return node->string;
    for (size_t i = 0; node->type == WKS_CONFIG_GROUP && i < sizeof key / sizeof key[0]; i++) {
        const wks_config_node *name = wks_config_get(node, key[i]);
        if (name != NULL && name->type == WKS_CONFIG_STRING) return name->string;
    }
    return NULL;
}

/* Keys that the scenario itself has further down. */
static void tell_inside(finding *self, const wks_config_node *node, const char *above)
{
    for (size_t i = 0; i < node->n_children; i++) {
        const wks_config_node *child = node->child[i];
        const char *name = name_of(child);
        wks_text path = WKS_TEXT_INIT;
        if (name == NULL) continue;
        if (above[0] != '\0' && strcmp(name, self->key) == 0) tell(self, above, name);
        wks_text_addf(&path, "%s%s.", above, name);
        if (!path.failed) tell_inside(self, child, path.data);
        wks_text_free(&path);
    }
}

/* Nothing has this name: the process or parameter that is spelt most like it. */
static void tell_nearest(finding *self)
{
    const char *name[MOST_NEAR], *near;
    size_t n = 0;

    for (int32_t i = 0; i < self->catalogue->n_processes && n < MOST_NEAR; i++)
        name[n++] = self->catalogue->process[i]->name;
    for (int32_t i = 0; i < self->catalogue->n_processes; i++) {
        const wks_spec *process = self->catalogue->process[i];
        for (int32_t k = 0; k < process->n_params && n < MOST_NEAR; k++)
            name[n++] = process->param[k].name;
    }
    near = wks_text_nearest(self->key, name, n);
    if (near == NULL) return;
    self->key = near;
    if (find_process(self->catalogue, near) != NULL)
        tell_process(self, find_process(self->catalogue, near), NULL);
    else
        tell_params(self);
}

static const char *finish(finding *self, char *buffer)
{
    buffer[0] = '\0';
    if (self->n > 0 && !self->out.failed && self->out.length + 40 < WKS_SETTINGS_HINT)
        (void)snprintf(buffer, WKS_SETTINGS_HINT, "; nearest valid name is %s", self->out.data);
    wks_text_free(&self->out);
    return buffer;
}

const char *wks_elsewhere_hint(const wks_catalogue *catalogue, const wks_config_node *root, const wks_config_node *child, char *buffer)
{
    finding self = {.catalogue = catalogue, .key = child->name, .out = WKS_TEXT_INIT};
    const wks_spec *process = find_process(catalogue, child->name);
    const bool has_inside = child->type == WKS_CONFIG_GROUP && child->n_children == 1;

    if (process != NULL) {
        tell_process(&self, process, has_inside ? child->child[0]->name : NULL);
    } else {
        tell_params(&self);
        if (self.n == 0 && root != NULL) tell_inside(&self, root, "");
    }
    return finish(&self, buffer);
}

const char *wks_elsewhere_nearest(const wks_catalogue *catalogue, const char *name, char *buffer)
{
    finding self = {.catalogue = catalogue, .key = name, .out = WKS_TEXT_INIT};

    if (strlen(name) >= LEAST_LENGTH) tell_nearest(&self);
    return finish(&self, buffer);
}
