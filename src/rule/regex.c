/* SPDX-License-Identifier: MIT
 *
 * PCRE2, wrapped: the only file that includes pcre2.h. Finding literals that a
 * pattern requires is in regex_literal.c.
 */
#include "rule/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "rule/regex_literal.h"

#define MATCH_LIMIT 2000000u
#define DEPTH_LIMIT 10000u
#define HEAP_LIMIT_KIB 65536u
#define JIT_STACK_START ((size_t)32 * 1024)
#define JIT_STACK_MAX ((size_t)1024 * 1024)

struct regex {
	pcre2_code *code;
	unsigned groups;
	char **names; /* by group, NULL for those without */
	char *literal;
	size_t literal_len;
};

struct regex_worker {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

static int pcre2_error(struct error *err, int code)
{
	PCRE2_UCHAR message[256];

	if (pcre2_get_error_message(code, message, sizeof(message)) < 0)
		return error_set(err, "PCRE2 error %d", code);
	return error_set(err, "%s", (const char *)message);
}

static pcre2_code *compile(const char *pattern, size_t len, bool anchored, size_t *error_offset, struct error *err)
{
	uint32_t options = PCRE2_MULTILINE | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C |
			   (anchored ? PCRE2_ANCHORED : 0);
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	pcre2_code *code;
	int number;

	if (!context)
		BUG("pcre2_compile_context_create failed");
	pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
	code = pcre2_compile((PCRE2_SPTR)pattern, len, options, &number, error_offset, context);
	pcre2_compile_context_free(context);
	if (!code)
		pcre2_error(err, number);
	return code;
}

static void read_names(struct regex *regex)
{
	uint32_t count, entry_size;
	PCRE2_SPTR table;

	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table);
	regex->names = xcalloc(regex->groups, sizeof(*regex->names));
	for (uint32_t i = 0; i < count; i++, table += entry_size) {
		unsigned group = (unsigned)(table[0] << 8 | table[1]);

		if (group < regex->groups && !regex->names[group])
			regex->names[group] = xstrdup((const char *)table + 2);
	}
}

struct regex *regex_compile(const char *pattern, size_t len, bool anchored, bool jit,
			    size_t *error_offset, struct error *err)
{
	struct regex *regex;
	pcre2_code *code;
	uint32_t groups;
	struct text literal;

	*error_offset = 0;
	code = compile(pattern, len, anchored, error_offset, err);
	if (!code)
		return NULL;
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups + 1 > REGEX_MAX_GROUPS) {
		pcre2_code_free(code);
		error_set(err, "more than %d groups", REGEX_MAX_GROUPS - 1);
		return NULL;
	}
	regex = xcalloc(1, sizeof(*regex));
	regex->code = code;
	regex->groups = groups + 1;
	read_names(regex);
	literal = regex_required_literal(pattern, len);
	regex->literal = xmemdupz(literal.ptr, literal.len);
	regex->literal_len = literal.len;
	if (jit)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return regex;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	for (unsigned i = 0; i < regex->groups; i++)
		free(regex->names[i]);
	free(regex->names);
	free(regex->literal);
	pcre2_code_free(regex->code);
	free(regex);
}

unsigned regex_groups(const struct regex *regex)
{
	return regex->groups;
}

const char *regex_group_name(const struct regex *regex, unsigned group)
{
	return regex->names[group];
}

struct text regex_literal(const struct regex *regex)
{
	return (struct text){ regex->literal, regex->literal_len };
}

struct regex_worker *regex_worker_new(void)
{
	struct regex_worker *worker = xcalloc(1, sizeof(*worker));

	worker->data = pcre2_match_data_create(REGEX_MAX_GROUPS, NULL);
	worker->context = pcre2_match_context_create(NULL);
	worker->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
	if (!worker->data || !worker->context)
		BUG("PCRE2 gave no match data");
	pcre2_set_match_limit(worker->context, MATCH_LIMIT);
	pcre2_set_depth_limit(worker->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(worker->context, HEAP_LIMIT_KIB);
	if (worker->stack)
		pcre2_jit_stack_assign(worker->context, NULL, worker->stack);
	return worker;
}

void regex_worker_free(struct regex_worker *worker)
{
	if (!worker)
		return;
	pcre2_match_data_free(worker->data);
	pcre2_match_context_free(worker->context);
	pcre2_jit_stack_free(worker->stack);
	free(worker);
}

int regex_match(const struct regex *regex, struct regex_worker *worker, const char *subject, size_t len,
		size_t start, struct regex_match *match, struct error *err)
{
	const PCRE2_SIZE *offsets;
	int found;

	if (start > len)
		return 0;
	found = pcre2_match(regex->code, (PCRE2_SPTR)subject, len, start, 0, worker->data, worker->context);
	if (found == PCRE2_ERROR_NOMATCH)
		return 0;
	if (found < 0)
		return pcre2_error(err, found);
	offsets = pcre2_get_ovector_pointer(worker->data);
	match->begin = pcre2_get_startchar(worker->data);
	for (unsigned i = 0; i < regex->groups; i++) {
		bool unset = (int)i >= found || offsets[2 * i] == PCRE2_UNSET;

		match->starts[i] = unset ? SIZE_MAX : offsets[2 * i];
		match->ends[i] = unset ? SIZE_MAX : offsets[2 * i + 1];
	}
	/* \K in a lookahead can put the start behind the end. */
	if (match->starts[0] > match->ends[0])
		match->starts[0] = match->ends[0];
	return 1;
}

size_t regex_next_start(const char *subject, size_t len, const struct regex_match *match)
{
	size_t end = match->ends[0], step;

	/* A match that took something, be it before \K, ends behind where it began. */
	if (match->begin < end || end >= len)
		return end + (match->begin < end ? 0 : 1);
	step = utf8_sequence(subject + end, len - end);
	return end + (step ? step : 1);
}

const char *regex_library_version(void)
{
	static char version[64];

	if (!version[0])
		pcre2_config(PCRE2_CONFIG_VERSION, version);
	return version;
}
