/* SPDX-License-Identifier: MIT
 *
 * --show-config: for programs as JSON; for people in the language of the
 * file, a comment behind each value. What the file could not say is a comment
 * as a whole, so that the text is a configuration itself.
 */
#include <strings.h>

#include "base/strbuf.h"
#include "base/unicode.h"
#include "cli/command.h"
#include "cli/settings_json.h"

/* Where comments begin, unless a line is longer. */
#define COMMENT_COLUMN 46

/* -- YAML */

/* Is it a text to YAML without quotes, too, wherever it stands? */
static bool is_plain(const char *text)
{
	static const char *const others[] = { "true", "false", "null", "yes", "no", "on", "off", "y", "n" };
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_/$";

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (!strcasecmp(text, others[i]))
			return false;
	if (!*text || !strchr(letters, *text))
		return false;
	while (*text && (strchr(letters, *text) || strchr("0123456789.-", *text)))
		text++;
	return !*text;
}

static void add_text(struct strbuf *line, const char *text)
{
	size_t len = strlen(text), step;

	if (is_plain(text)) {
		strbuf_addstr(line, text);
		return;
	}
	strbuf_addch(line, '"');
	for (size_t i = 0; i < len; i += step) {
		uint32_t point = unicode_decode(text + i, len - i, &step);

		if (point == '"' || point == '\\')
			strbuf_addf(line, "\\%c", (char)point);
		else if (point < ' ' || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
			 point == 0xFEFF || point == 0xFFFE || point == 0xFFFF)
			strbuf_addf(line, "\\u%04X", (unsigned)point);
		else
			strbuf_add(line, text + i, step);
	}
	strbuf_addch(line, '"');
}

static void add_value(struct strbuf *line, json_t *value)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_string(value)) {
		add_text(line, json_string_value(value));
	} else if (json_is_integer(value)) {
		strbuf_addf(line, "%lld", (long long)json_integer_value(value));
	} else if (json_is_boolean(value)) {
		strbuf_addstr(line, json_is_true(value) ? "true" : "false");
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, item) {
			strbuf_addstr(line, i ? ", " : "[");
			add_text(line, json_string_value(item));
		}
		strbuf_addch(line, ']');
	} else {
		const char *before = "{";

		json_object_foreach(value, key, item) {
			strbuf_addf(line, "%s%s: ", before, key);
			add_value(line, item);
			before = ", ";
		}
		strbuf_addch(line, '}');
	}
}

/* -- where values come from */

static void add_place(struct strbuf *line, json_t *place)
{
	const char *file = json_string_value(json_object_get(place, "file"));

	strbuf_add_visible(line, file, strlen(file));
	strbuf_addf(line, ":%lld:%lld", (long long)json_integer_value(json_object_get(place, "line")),
		    (long long)json_integer_value(json_object_get(place, "column")));
}

static void print_line(struct strbuf *line, json_t *entry)
{
	json_t *unused = json_object_get(entry, "unused");

	do
		strbuf_addch(line, ' ');
	while (line->len < COMMENT_COLUMN);
	strbuf_addstr(line, "# ");
	if (json_object_get(entry, "file"))
		add_place(line, entry);
	else
		strbuf_addstr(line, json_string_value(json_object_get(entry, "origin")));
	if (unused) {
		strbuf_addstr(line, "; not ");
		add_place(line, unused);
		strbuf_addf(line, ": %s", json_string_value(json_object_get(unused, "because")));
	}
	strbuf_addch(line, '\n');
	fwrite(line->buf, 1, line->len, stdout);
	strbuf_release(line);
}

/* Without a key: an item of a list. */
static void print_entry(const char *indent, const char *key, json_t *entry)
{
	json_t *value = json_object_get(entry, "value");
	struct strbuf line = STRBUF_INIT;

	strbuf_addf(&line, "%s%s", indent, json_is_null(value) ? "# " : "");
	if (key) {
		add_text(&line, key);
		strbuf_addstr(&line, ": ");
	} else {
		strbuf_addstr(&line, "- ");
	}
	if (json_is_null(value))
		strbuf_addstr(&line, json_string_value(json_object_get(entry, "means")));
	else
		add_value(&line, value);
	print_line(&line, entry);
}

/* A mapping whose every value is a comment would be none. */
static bool has_value(json_t *section)
{
	const char *key;
	json_t *entry;

	json_object_foreach(section, key, entry)
		if (!json_is_null(json_object_get(entry, "value")))
			return true;
	return json_array_size(section) > 0;
}

static void print_section(json_t *document, enum settings_key which)
{
	json_t *section = json_object_get(document, settings_key_names[which]), *entry;
	const char *key;
	size_t i;

	if (!json_array_size(section) && !json_object_size(section))
		return;
	printf("%s%s:\n", has_value(section) ? "" : "# ", settings_key_names[which]);
	json_array_foreach(section, i, entry)
		print_entry("", NULL, entry);
	json_object_foreach(section, key, entry)
		print_entry("  ", key, entry);
}

static void print_text(json_t *document)
{
	const char *file = json_string_value(json_object_get(document, "configuration")), *key;
	struct strbuf name = STRBUF_INIT;
	json_t *entry;

	if (file)
		strbuf_add_visible(&name, file, strlen(file));
	printf("# configuration: %s\n", file ? name.buf : "none");
	strbuf_release(&name);
	json_object_foreach(json_object_get(document, "options"), key, entry)
		print_entry("", key, entry);
	for (int i = 0; i < SETTINGS_KEY_NR; i++)
		print_section(document, (enum settings_key)i);
}

enum exit_status command_show_config(const struct options *options, struct settings *settings, struct ruleset *set)
{
	struct error err = { NULL };
	json_t *document;

	if (command_load_rules(options, settings, set, &err)) {
		complain_error(&err);
		return EXIT_TROUBLE;
	}
	document = settings_json(settings, options);
	if (!command_wants_json(options))
		print_text(document);
	else if (json_dumpf(document, stdout, JSON_INDENT(2)) == 0)
		putchar('\n');
	else if (!ferror(stdout))
		BUG("jansson refuses a configuration");
	json_decref(document);
	return EXIT_CLEAN;
}
