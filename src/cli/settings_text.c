/* SPDX-License-Identifier: MIT
 *
 * What holds, in the language of the file: a comment behind each value says
 * where it comes from, and what the file has no word for is a comment as a
 * whole.
 */
#include "cli/settings_text.h"

#include <strings.h>

#include "base/unicode.h"
#include "cli/settings.h"

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

static void add_text(struct strbuf *out, const char *text)
{
	size_t len = strlen(text), step;

	if (is_plain(text)) {
		strbuf_addstr(out, text);
		return;
	}
	strbuf_addch(out, '"');
	for (size_t i = 0; i < len; i += step) {
		uint32_t point = unicode_decode(text + i, len - i, &step);

		if (point == '"' || point == '\\')
			strbuf_addf(out, "\\%c", (char)point);
		else if (point < ' ' || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
			 point == 0xFEFF || point == 0xFFFE || point == 0xFFFF)
			strbuf_addf(out, "\\u%04X", (unsigned)point);
		else
			strbuf_add(out, text + i, step);
	}
	strbuf_addch(out, '"');
}

static void add_value(struct strbuf *out, json_t *value)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_string(value)) {
		add_text(out, json_string_value(value));
	} else if (json_is_integer(value)) {
		strbuf_addf(out, "%lld", (long long)json_integer_value(value));
	} else if (json_is_boolean(value)) {
		strbuf_addstr(out, json_is_true(value) ? "true" : "false");
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, item) {
			strbuf_addstr(out, i ? ", " : "[");
			add_text(out, json_string_value(item));
		}
		strbuf_addch(out, ']');
	} else {
		const char *before = "{";

		json_object_foreach(value, key, item) {
			strbuf_addf(out, "%s%s: ", before, key);
			add_value(out, item);
			before = ", ";
		}
		strbuf_addch(out, '}');
	}
}

/* -- where values come from */

static void add_place(struct strbuf *out, json_t *place)
{
	const char *file = json_string_value(json_object_get(place, "file"));

	strbuf_add_visible(out, file, strlen(file));
	strbuf_addf(out, ":%lld:%lld", (long long)json_integer_value(json_object_get(place, "line")),
		    (long long)json_integer_value(json_object_get(place, "column")));
}

/* Where the value of a line that begins at `start` comes from. */
static void add_origin(struct strbuf *out, size_t start, json_t *entry)
{
	json_t *unused = json_object_get(entry, "unused");

	do
		strbuf_addch(out, ' ');
	while (out->len - start < COMMENT_COLUMN);
	strbuf_addstr(out, "# ");
	if (json_object_get(entry, "file"))
		add_place(out, entry);
	else
		strbuf_addstr(out, json_string_value(json_object_get(entry, "origin")));
	if (unused) {
		strbuf_addstr(out, "; not ");
		add_place(out, unused);
		strbuf_addf(out, ": %s", json_string_value(json_object_get(unused, "because")));
	}
	strbuf_addch(out, '\n');
}

/* Without a key: an item of a list. */
static void add_entry(struct strbuf *out, const char *indent, const char *key, json_t *entry)
{
	json_t *value = json_object_get(entry, "value");
	size_t start = out->len;

	strbuf_addf(out, "%s%s", indent, json_is_null(value) ? "# " : "");
	if (key) {
		add_text(out, key);
		strbuf_addstr(out, ": ");
	} else {
		strbuf_addstr(out, "- ");
	}
	if (json_is_null(value))
		strbuf_addstr(out, json_string_value(json_object_get(entry, "means")));
	else
		add_value(out, value);
	add_origin(out, start, entry);
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

static void add_section(struct strbuf *out, json_t *document, enum settings_key which)
{
	json_t *section = json_object_get(document, settings_key_names[which]), *entry;
	const char *key;
	size_t i;

	if (!json_array_size(section) && !json_object_size(section))
		return;
	strbuf_addf(out, "%s%s:\n", has_value(section) ? "" : "# ", settings_key_names[which]);
	json_array_foreach(section, i, entry)
		add_entry(out, "", NULL, entry);
	json_object_foreach(section, key, entry)
		add_entry(out, "  ", key, entry);
}

void settings_text_add(struct strbuf *out, json_t *document)
{
	const char *file = json_string_value(json_object_get(document, "configuration")), *key;
	json_t *entry;

	strbuf_addstr(out, "# configuration: ");
	if (file)
		strbuf_add_visible(out, file, strlen(file));
	strbuf_addstr(out, file ? "\n" : "none\n");
	json_object_foreach(json_object_get(document, "options"), key, entry)
		add_entry(out, "", key, entry);
	for (int i = 0; i < SETTINGS_KEY_NR; i++)
		add_section(out, document, (enum settings_key)i);
}
