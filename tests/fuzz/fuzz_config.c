/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all as a configuration: it is refused with its place, or it
 * holds, and what --show-config prints of it says the same again. No rule file
 * that it names is there.
 */
#include "fuzz.h"

#include "base/alloc.h"
#include "cli/command.h"
#include "cli/settings_json.h"
#include "cli/settings_text.h"

#define FILE_NAME "fuzz.yaml"

/* YAML takes no key without a question mark that is longer, and --show-config writes none. */
#define LONGEST_KEY 1000

/* Rules of every kind that a configuration can speak of, called as the built-in ones in tests/config. */
static const char *const rules[] = {
	"code: AG101\nname: blocking-open\nprofile: checklist\nmessage: m\ncalls: open\n",
	"code: AG602\nname: blocking-http\nprofile: blocking\nmessage: m\naliases: [ASYNC210]\ncalls: [a.b, $timeouts]\n",
	"code: AG601\nname: blocking-sleep\nprofile: blocking\nseverity: warning\nmessage: m\ncalls: time.sleep\n",
	"code: XY1\nname: not-calls\nmessage: m\npattern: x\n",
	"define: timeouts\nnames: [a.timeout]\n",
};

struct run {
	struct options options;
	struct settings settings;
	struct ruleset set;
};

/* -1: the configuration is wrong, and the message says where. */
static int load(struct run *run, const char *data, size_t size, struct error *err)
{
	memset(&run->settings, 0, sizeof(run->settings));
	run->settings.source.folder = xstrdup("/nonexistent/");
	run->settings.source.name = xstrdup(FILE_NAME);
	run->settings.found = true;
	ruleset_init(&run->set);
	REQUIRE(options_parse(&run->options, 0, (char *const[]){ NULL }, err) == 0);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		REQUIRE(ruleset_add(&run->set, "rules.yaml", rules[i], strlen(rules[i]), true, err) == 0);
	if (settings_parse(&run->settings, &run->options, FILE_NAME, data, size, err) < 0)
		return -1;
	return command_load_rules(&run->options, &run->settings, &run->set, err);
}

static void unload(struct run *run)
{
	ruleset_release(&run->set);
	settings_release(&run->settings);
	options_release(&run->options);
}

/* Do the entries of an object, or a list, have the same values? Those without one are not written. */
static bool same_values(json_t *one, json_t *other)
{
	const char *key;
	json_t *entry;
	size_t i;

	json_object_foreach(one, key, entry) {
		json_t *value = json_object_get(entry, "value");

		if (!json_is_null(value) && !json_equal(value, json_object_get(json_object_get(other, key), "value")))
			return false;
	}
	json_array_foreach(one, i, entry)
		if (!json_equal(json_object_get(entry, "value"), json_object_get(json_array_get(other, i), "value")))
			return false;
	return json_array_size(one) == json_array_size(other) && json_object_size(one) == json_object_size(other);
}

static void check_again(json_t *document)
{
	struct strbuf text = STRBUF_INIT;
	struct error err = { NULL };
	struct run again;
	json_t *same;

	settings_text_add(&text, document);
	if (load(&again, text.buf, text.len, &err))
		BUG("%s in:\n%s", err.message, text.buf);
	same = settings_json(&again.settings, &again.options);
	REQUIRE(same_values(json_object_get(document, "options"), json_object_get(same, "options")));
	for (int i = 0; i < SETTINGS_KEY_NR; i++)
		REQUIRE(same_values(json_object_get(document, settings_key_names[i]),
				    json_object_get(same, settings_key_names[i])));
	json_decref(same);
	unload(&again);
	strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { NULL };
	struct run run;

	if (load(&run, (const char *)data, size, &err)) {
		REQUIRE(err.message && !strncmp(err.message, FILE_NAME ":", strlen(FILE_NAME ":")));
	} else {
		json_t *document = settings_json(&run.settings, &run.options);

		REQUIRE(!err.message);
		if (size < LONGEST_KEY)
			check_again(document);
		json_decref(document);
	}
	error_release(&err);
	unload(&run);
	return 0;
}
