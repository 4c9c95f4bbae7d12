/* SPDX-License-Identifier: MIT
 *
 * YAML as a tree whose every node knows where it stands, read through
 * libyaml's event interface. For rule files and configuration, which come
 * from strangers: duplicate keys, anchors, aliases, tags and nesting beyond
 * YAML_MAX_DEPTH are errors; so are a mapping of more than YAML_MAX_KEYS and a
 * file beyond YAML_MAX_SIZE.
 */
#ifndef ASYNCGREP_YAML_H
#define ASYNCGREP_YAML_H

#include "base/arena.h"
#include "base/common.h"
#include "base/error.h"

#define YAML_MAX_DEPTH 32
#define YAML_MAX_KEYS 1000
#define YAML_MAX_SIZE ((size_t)4 * 1024 * 1024)

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_node {
	enum yaml_kind kind;
	bool quoted;              /* SCALAR: in quotes or a block scalar, so never null, number or truth value */
	uint32_t line, column;    /* from 1 */
	struct text text;         /* SCALAR: UTF-8, NUL behind */
	struct yaml_node *key;    /* of a value in a mapping: its key, a scalar */
	struct yaml_node *child;  /* first item or value */
	struct yaml_node *next;   /* next item or value of the same sequence or mapping; next document */
	const char *file;         /* name for messages */
};

/*
 * Reads all documents of a file; the tree lies in the arena. file is borrowed as long as the
 * tree lives. 0 and the first document (NULL: none) or -1 with "FILE:LINE:COLUMN: what is wrong".
 */
int yaml_read(const char *file, const char *data, size_t len, struct arena *arena,
	      struct yaml_node **documents, struct error *err);

/* The value of a key in a mapping, or NULL. */
struct yaml_node *yaml_get(const struct yaml_node *mapping, const char *key);
/* Is it a scalar with this text? */
bool yaml_is(const struct yaml_node *node, const char *text);
/* Notes an error "FILE:LINE:COLUMN: message" at a node; always -1. */
int yaml_error(const struct yaml_node *node, struct error *err, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Scalars by type; -1 with an error that names the key where it is something else. Text is borrowed. */
int yaml_text(const struct yaml_node *node, const char **text, struct error *err);
int yaml_bool(const struct yaml_node *node, bool *value, struct error *err);
int yaml_unsigned(const struct yaml_node *node, unsigned *value, struct error *err);

/* The version of libyaml that runs; static. */
const char *yaml_library_version(void);

#endif
