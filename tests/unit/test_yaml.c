/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"
#include "rule/yaml.h"

struct world {
	struct arena arena;
	struct error err;
	struct yaml_node *documents;
};

static int read_text(struct world *w, const char *text)
{
	memset(w, 0, sizeof(*w));
	return yaml_read("f.yaml", text, strlen(text), &w->arena, &w->documents, &w->err);
}

static void release(struct world *w)
{
	error_release(&w->err);
	arena_release(&w->arena);
}

static void assert_error(const char *text, const char *message)
{
	struct world w;

	assert_int_equal(read_text(&w, text), -1);
	assert_string_equal(w.err.message, message);
	release(&w);
}

static void test_yaml__makes_a_tree_with_marks(void **state)
{
	struct world w;
	struct yaml_node *list;

	(void)state;
	assert_int_equal(read_text(&w, "a: 1\nlist:\n  - x\n  - {k: \"v\"}\n"), 0);
	assert_int_equal(w.documents->kind, YAML_MAPPING);
	list = yaml_get(w.documents, "list");
	assert_int_equal(list->kind, YAML_SEQUENCE);
	assert_string_equal(list->key->text.ptr, "list");
	assert_int_equal(list->key->line, 2);
	assert_int_equal(list->child->line, 3);
	assert_int_equal(list->child->column, 5);
	assert_false(list->child->quoted);
	assert_true(yaml_get(list->child->next, "k")->quoted);
	assert_null(list->child->next->next);
	assert_null(yaml_get(w.documents, "x"));
	assert_string_equal(list->file, "f.yaml");
	release(&w);
}

static void test_yaml__strings_documents_together(void **state)
{
	struct world w;

	(void)state;
	assert_int_equal(read_text(&w, "a\n---\n[b]\n---\nc: |\n  x\n  y\n"), 0);
	assert_true(yaml_is(w.documents, "a"));
	assert_int_equal(w.documents->next->kind, YAML_SEQUENCE);
	assert_string_equal(yaml_get(w.documents->next->next, "c")->text.ptr, "x\ny\n");
	assert_null(w.documents->next->next->next);
	release(&w);
	assert_int_equal(read_text(&w, "# nothing\n"), 0);
	assert_null(w.documents);
	release(&w);
}

static void test_yaml__columns_count_characters(void **state)
{
	struct world w;

	(void)state;
	assert_int_equal(read_text(&w, "{\xC3\xA9: x, b: y}"), 0);
	assert_int_equal(yaml_get(w.documents, "b")->column, 11);
	release(&w);
	assert_error("\xC3\xA9: \xFF", "f.yaml:1:4: invalid leading UTF-8 octet");
	assert_error("a: 1\r\nb: \x01", "f.yaml:2:4: control characters are not allowed");
}

static void test_yaml__reads_scalars_by_type(void **state)
{
	struct world w;
	const char *text;
	unsigned number;
	bool truth;

	(void)state;
	assert_int_equal(read_text(&w, "{t: true, f: false, q: \"true\", n: 17, m: 4294967296, l: []}"), 0);
	assert_int_equal(yaml_bool(yaml_get(w.documents, "t"), &truth, &w.err), 0);
	assert_true(truth);
	assert_int_equal(yaml_bool(yaml_get(w.documents, "f"), &truth, &w.err), 0);
	assert_false(truth);
	assert_int_equal(yaml_unsigned(yaml_get(w.documents, "n"), &number, &w.err), 0);
	assert_int_equal(number, 17);
	assert_int_equal(yaml_text(yaml_get(w.documents, "n"), &text, &w.err), 0);
	assert_string_equal(text, "17");
	assert_null(w.err.message);
	assert_int_equal(yaml_bool(yaml_get(w.documents, "q"), &truth, &w.err), -1);
	assert_string_equal(w.err.message, "f.yaml:1:24: 'q' has to be true or false");
	error_release(&w.err);
	assert_int_equal(yaml_unsigned(yaml_get(w.documents, "m"), &number, &w.err), -1);
	error_release(&w.err);
	assert_int_equal(yaml_text(yaml_get(w.documents, "l"), &text, &w.err), -1);
	assert_string_equal(w.err.message, "f.yaml:1:57: 'l' has to be a text");
	release(&w);
}

static void test_yaml__refuses_what_means_nothing_here(void **state)
{
	(void)state;
	assert_error("a: &x b", "f.yaml:1:4: anchors and aliases are not supported; in a rule file, name it with define: instead");
	assert_error("[*x]", "f.yaml:1:2: anchors and aliases are not supported; in a rule file, name it with define: instead");
	assert_error("a: !!str b", "f.yaml:1:4: tags are not supported");
	assert_error("{a: 1, a: 2}", "f.yaml:1:8: the key 'a' stands here twice");
	assert_error("{[a]: 1}", "f.yaml:1:2: a key has to be a word");
	assert_error("a: \"x\\0y\"", "f.yaml:1:4: a NUL byte in a text");
	assert_error("a: [b", "f.yaml:2:1: did not find expected ',' or ']'");
}

static int read_nested(unsigned depth, struct world *w)
{
	struct strbuf text = STRBUF_INIT;
	int result;

	for (unsigned i = 0; i < depth; i++)
		strbuf_addch(&text, '[');
	for (unsigned i = 0; i < depth; i++)
		strbuf_addch(&text, ']');
	result = read_text(w, text.buf);
	strbuf_release(&text);
	return result;
}

static void test_yaml__limits_nesting(void **state)
{
	struct world w;

	(void)state;
	assert_int_equal(read_nested(YAML_MAX_DEPTH, &w), 0);
	release(&w);
	assert_int_equal(read_nested(YAML_MAX_DEPTH + 1, &w), -1);
	assert_string_equal(w.err.message, "f.yaml:1:33: nested more than 32 deep");
	release(&w);
	assert_int_equal(read_nested(100000, &w), -1);
	release(&w);
}

static void test_yaml__limits_keys_but_not_items(void **state)
{
	struct strbuf keys = STRBUF_INIT, items = STRBUF_INIT;
	struct world w;

	(void)state;
	for (unsigned i = 0; i <= YAML_MAX_KEYS; i++) {
		strbuf_addf(&keys, "k%u: 1\n", i);
		strbuf_addf(&items, "- %u\n", i);
	}
	assert_int_equal(read_text(&w, items.buf), 0);
	release(&w);
	assert_int_equal(read_text(&w, keys.buf), -1);
	release(&w);
	strbuf_release(&keys);
	strbuf_release(&items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_yaml__makes_a_tree_with_marks),
		cmocka_unit_test(test_yaml__strings_documents_together),
		cmocka_unit_test(test_yaml__columns_count_characters),
		cmocka_unit_test(test_yaml__reads_scalars_by_type),
		cmocka_unit_test(test_yaml__refuses_what_means_nothing_here),
		cmocka_unit_test(test_yaml__limits_nesting),
		cmocka_unit_test(test_yaml__limits_keys_but_not_items),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
