/* SPDX-License-Identifier: MIT
 *
 * The baseline as a file: JSON Lines, by jansson.
 */
#include "scan/baseline.h"

#include <jansson.h>

#include "base/alloc.h"
#include "base/base64.h"
#include "base/replace_file.h"

/* -- reading */

/* A line that is being read. */
struct place {
	const char *file;
	size_t line;
};

#define SAY(place, err, ...) (error_set((err), __VA_ARGS__), \
			      error_prefix((err), "%s:%zu", (place)->file, (place)->line))

static int read_text(const struct place *place, const json_t *object, const char *key, char **text, struct error *err)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		return SAY(place, err, "no \"%s\", which has to be a string", key);
	*text = xstrdup(json_string_value(value));
	return 0;
}

static int read_path(const struct place *place, const json_t *object, char **path, struct error *err)
{
	const json_t *value = json_object_get(object, "path_base64");
	struct strbuf bytes = STRBUF_INIT;

	if (!value)
		return read_text(place, object, "path", path, err);
	if (!json_is_string(value) || !base64_decode(&bytes, json_string_value(value), json_string_length(value)) ||
	    memchr(bytes.buf, '\0', bytes.len)) {
		strbuf_release(&bytes);
		return SAY(place, err, "\"path_base64\" is no path in base64");
	}
	*path = strbuf_detach(&bytes, NULL);
	return 0;
}

static int read_function(const struct place *place, const json_t *object, char **function, struct error *err)
{
	const json_t *value = json_object_get(object, "function");

	if (value && !json_is_null(value))
		return read_text(place, object, "function", function, err);
	*function = xstrdup("");
	return 0;
}

static int read_ordinal(const struct place *place, const json_t *object, uint32_t *ordinal, struct error *err)
{
	const json_t *value = json_object_get(object, "ordinal");

	if (!json_is_integer(value) || json_integer_value(value) < 1 || json_integer_value(value) > UINT32_MAX)
		return SAY(place, err, "no \"ordinal\", which has to be a number from 1");
	*ordinal = (uint32_t)json_integer_value(value);
	return 0;
}

/* Fills the entry; what is there after a failure is the caller's too. */
static int read_entry(const struct place *place, const json_t *object, struct baseline_entry *entry, struct error *err)
{
	if (!json_is_object(object))
		return SAY(place, err, "no object");
	if (read_path(place, object, &entry->path, err) < 0 ||
	    read_text(place, object, "code", &entry->code, err) < 0 ||
	    read_function(place, object, &entry->function, err) < 0 ||
	    read_text(place, object, "text", &entry->text, err) < 0)
		return -1;
	return read_ordinal(place, object, &entry->ordinal, err);
}

static bool is_conflict(const char *line)
{
	return strncmp(line, "<<<<<<<", 7) == 0 || strncmp(line, "=======", 7) == 0 ||
		strncmp(line, "|||||||", 7) == 0 || strncmp(line, ">>>>>>>", 7) == 0;
}

static int read_line(struct baseline *baseline, const struct place *place, const char *line, size_t len,
		     struct error *err)
{
	struct baseline_entry *entry;
	json_error_t reason;
	json_t *object;
	int result;

	if (line[strspn(line, " \t\r\n")] == '\0' && strlen(line) == len)
		return 0;
	if (is_conflict(line))
		return SAY(place, err, "a merge conflict; keep the findings of both sides and take out this line "
			   "(git does so where .gitattributes says: %s merge=union)", place->file);
	object = json_loadb(line, len, JSON_REJECT_DUPLICATES, &reason);
	if (!object)
		return SAY(place, err, "no JSON: %s", reason.text);
	ARRAY_GROW(baseline->items, baseline->nr + 1, baseline->alloc);
	entry = &baseline->items[baseline->nr++];
	memset(entry, 0, sizeof(*entry));
	result = read_entry(place, object, entry, err);
	json_decref(object);
	return result;
}

int baseline_read(struct baseline *baseline, const char *file, struct error *err)
{
	struct place place = { file, 0 };
	FILE *stream = fopen(file, "re");
	char *line = NULL;
	size_t alloc = 0;
	ssize_t len;
	int result = 0;

	if (!stream && errno == ENOENT)
		return error_set(err, "there is no baseline '%s'; make it with: asyncgrep --write-baseline '%s'", file, file);
	if (!stream)
		return error_set(err, "cannot read the baseline '%s': %s", file, strerror(errno));
	while (result == 0 && (len = getline(&line, &alloc, stream)) >= 0) {
		place.line++;
		result = read_line(baseline, &place, line, (size_t)len, err);
	}
	if (result == 0 && ferror(stream))
		result = error_set(err, "cannot read the baseline '%s': %s", file, strerror(errno));
	free(line);
	fclose(stream);
	if (result == 0)
		baseline_sort(baseline);
	return result;
}

/* -- writing */

static void set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new_nocheck(object, key, json_string_nocheck(text));
}

static void set_path(json_t *object, const char *path)
{
	struct strbuf text = STRBUF_INIT, bytes = STRBUF_INIT;
	bool invalid = strbuf_add_utf8(&text, path, strlen(path));

	set_text(object, "path", text.buf);
	if (invalid) {
		base64_encode(&bytes, path, strlen(path));
		set_text(object, "path_base64", bytes.buf);
	}
	strbuf_release(&bytes);
	strbuf_release(&text);
}

static int append(const char *data, size_t len, void *out)
{
	strbuf_add(out, data, len);
	return 0;
}

static void add_line(struct strbuf *out, const struct baseline_entry *entry)
{
	json_t *object = json_object();

	set_path(object, entry->path);
	set_text(object, "code", entry->code);
	if (*entry->function)
		set_text(object, "function", entry->function);
	else
		json_object_set_new_nocheck(object, "function", json_null());
	set_text(object, "text", entry->text);
	json_object_set_new_nocheck(object, "ordinal", json_integer(entry->ordinal));
	if (json_dump_callback(object, append, out, JSON_COMPACT) != 0)
		BUG("jansson refuses an entry of the baseline");
	strbuf_addch(out, '\n');
	json_decref(object);
}

int baseline_write(struct baseline *baseline, const char *file, struct error *err)
{
	struct strbuf out = STRBUF_INIT;
	int result;

	baseline_sort(baseline);
	for (size_t i = 0; i < baseline->nr; i++)
		add_line(&out, &baseline->items[i]);
	result = replace_file(file, out.buf, out.len, err);
	strbuf_release(&out);
	return result;
}
