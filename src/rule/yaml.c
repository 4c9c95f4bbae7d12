/* SPDX-License-Identifier: MIT
 *
 * libyaml's events made into a tree with marks. The only file that includes
 * yaml.h of libyaml.
 */
#include "rule/yaml.h"

#include <yaml.h>

struct reader {
	yaml_parser_t parser;
	const char *file;
	struct text data;
	struct arena *arena;
	struct error *err;
	struct yaml_node *stack[YAML_MAX_DEPTH]; /* open sequences and mappings */
	struct yaml_node *tails[YAML_MAX_DEPTH]; /* last child of each */
	struct yaml_node *keys[YAML_MAX_DEPTH];  /* of a mapping: the key that waits for its value */
	unsigned counts[YAML_MAX_DEPTH];         /* children of each */
	unsigned depth;
	struct yaml_node *document;  /* root of the document that is being read */
};

int yaml_error(const struct yaml_node *node, struct error *err, const char *fmt, ...)
{
	va_list args;
	char *message;

	if (err->message)
		return -1;
	va_start(args, fmt);
	if (vasprintf(&message, fmt, args) < 0)
		BUG("cannot format '%s'", fmt);
	va_end(args);
	error_set(err, "%s:%u:%u: %s", node->file, node->line, node->column, message);
	free(message);
	return -1;
}

static int error_at(struct reader *reader, yaml_mark_t mark, const char *message)
{
	return error_set(reader->err, "%s:%zu:%zu: %s", reader->file, mark.line + 1, mark.column + 1, message);
}

static struct yaml_node *node_new(struct reader *reader, const yaml_event_t *event, enum yaml_kind kind)
{
	struct yaml_node *node = arena_alloc(reader->arena, sizeof(*node));

	node->kind = kind;
	node->file = reader->file;
	node->line = (uint32_t)event->start_mark.line + 1;
	node->column = (uint32_t)event->start_mark.column + 1;
	return node;
}

/* Puts a finished scalar or an opened collection where it belongs. */
static int attach(struct reader *reader, struct yaml_node *node)
{
	struct yaml_node *parent;
	unsigned top = reader->depth - 1;

	if (!reader->depth) {
		reader->document = node;
		return 0;
	}
	parent = reader->stack[top];
	if (parent->kind == YAML_MAPPING && !reader->keys[top]) {
		if (node->kind != YAML_SCALAR)
			return yaml_error(node, reader->err, "a key has to be a word");
		if (yaml_get(parent, node->text.ptr))
			return yaml_error(node, reader->err, "the key '%s' stands here twice", node->text.ptr);
		reader->keys[top] = node;
		return 0;
	}
	if (++reader->counts[top] > YAML_MAX_KEYS && parent->kind == YAML_MAPPING)
		return yaml_error(node, reader->err, "a mapping of more than %d keys", YAML_MAX_KEYS);
	node->key = reader->keys[top];
	reader->keys[top] = NULL;
	if (reader->tails[top])
		reader->tails[top]->next = node;
	else
		parent->child = node;
	reader->tails[top] = node;
	return 0;
}

static int open_collection(struct reader *reader, const yaml_event_t *event, enum yaml_kind kind)
{
	struct yaml_node *node = node_new(reader, event, kind);

	if (attach(reader, node))
		return -1;
	if (reader->depth == YAML_MAX_DEPTH)
		return yaml_error(node, reader->err, "nested more than %d deep", YAML_MAX_DEPTH);
	reader->stack[reader->depth] = node;
	reader->tails[reader->depth] = NULL;
	reader->keys[reader->depth] = NULL;
	reader->counts[reader->depth] = 0;
	reader->depth++;
	return 0;
}

static int read_scalar(struct reader *reader, const yaml_event_t *event)
{
	struct yaml_node *node = node_new(reader, event, YAML_SCALAR);
	const char *value = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;

	if (memchr(value, '\0', len))
		return yaml_error(node, reader->err, "a NUL byte in a text");
	node->text = (struct text){ arena_memdupz(reader->arena, value, len), len };
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return attach(reader, node);
}

/* Anchors and tags mean nothing here; what means nothing is refused rather than ignored. */
static int refuse_properties(struct reader *reader, const yaml_event_t *event)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	if (anchor || event->type == YAML_ALIAS_EVENT)
		return error_at(reader, event->start_mark, "anchors and aliases are not supported; in a rule file, name it with define: instead");
	return tag ? error_at(reader, event->start_mark, "tags are not supported") : 0;
}

static int read_event(struct reader *reader, const yaml_event_t *event)
{
	if (refuse_properties(reader, event))
		return -1;
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reader, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_collection(reader, event, YAML_SEQUENCE);
	case YAML_MAPPING_START_EVENT:
		return open_collection(reader, event, YAML_MAPPING);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		reader->depth--;
		return 0;
	default:
		return 0;
	}
}

/* Of bytes that are no text libyaml says only where they stand. */
static yaml_mark_t mark_of(struct text data, size_t offset)
{
	yaml_mark_t mark = { 0, 0, 0 };

	for (size_t i = 0; i < offset && i < data.len; i++) {
		mark.column += ((unsigned char)data.ptr[i] & 0xC0) != 0x80;
		if (data.ptr[i] == '\n') {
			mark.line++;
			mark.column = 0;
		}
	}
	return mark;
}

static int syntax_error(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;

	if (parser->error == YAML_READER_ERROR)
		return error_at(reader, mark_of(reader->data, parser->problem_offset), parser->problem);
	return error_at(reader, parser->problem_mark, parser->problem ? parser->problem : "this is not YAML");
}

static int read_documents(struct reader *reader, struct yaml_node **documents)
{
	struct yaml_node **tail = documents;
	bool ended = false;

	while (!ended) {
		yaml_event_t event;
		int failed;

		if (!yaml_parser_parse(&reader->parser, &event))
			return syntax_error(reader);
		failed = read_event(reader, &event);
		ended = event.type == YAML_STREAM_END_EVENT;
		if (!failed && event.type == YAML_DOCUMENT_END_EVENT && reader->document) {
			*tail = reader->document;
			tail = &reader->document->next;
			reader->document = NULL;
		}
		yaml_event_delete(&event);
		if (failed)
			return -1;
	}
	return 0;
}

int yaml_read(const char *file, const char *data, size_t len, struct arena *arena,
	      struct yaml_node **documents, struct error *err)
{
	struct reader reader = { .file = file, .data = { data, len }, .arena = arena, .err = err };
	int result;

	*documents = NULL;
	if (len > YAML_MAX_SIZE)
		return error_set(err, "%s: larger than %zu bytes", file, YAML_MAX_SIZE);
	if (!yaml_parser_initialize(&reader.parser))
		BUG("yaml_parser_initialize failed");
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)data, len);
	result = read_documents(&reader, documents);
	yaml_parser_delete(&reader.parser);
	return result;
}

struct yaml_node *yaml_get(const struct yaml_node *mapping, const char *key)
{
	for (struct yaml_node *value = mapping->child; value; value = value->next)
		if (value->key && yaml_is(value->key, key))
			return value;
	return NULL;
}

bool yaml_is(const struct yaml_node *node, const char *text)
{
	return node->kind == YAML_SCALAR && strcmp(node->text.ptr, text) == 0;
}

static const char *key_of(const struct yaml_node *node)
{
	return node->key ? node->key->text.ptr : "this";
}

int yaml_text(const struct yaml_node *node, const char **text, struct error *err)
{
	if (node->kind != YAML_SCALAR)
		return yaml_error(node, err, "'%s' has to be a text", key_of(node));
	*text = node->text.ptr;
	return 0;
}

int yaml_bool(const struct yaml_node *node, bool *value, struct error *err)
{
	*value = yaml_is(node, "true");
	if (node->quoted || (!*value && !yaml_is(node, "false")))
		return yaml_error(node, err, "'%s' has to be true or false", key_of(node));
	return 0;
}

int yaml_unsigned(const struct yaml_node *node, unsigned *value, struct error *err)
{
	unsigned long number;
	char *end;

	if (node->kind == YAML_SCALAR && node->text.len && node->text.ptr[0] >= '0' && node->text.ptr[0] <= '9') {
		errno = 0;
		number = strtoul(node->text.ptr, &end, 10);
		if (!errno && !*end && number <= UINT_MAX) {
			*value = (unsigned)number;
			return 0;
		}
	}
	return yaml_error(node, err, "'%s' has to be a whole number", key_of(node));
}

const char *yaml_library_version(void)
{
	return yaml_get_version_string();
}
