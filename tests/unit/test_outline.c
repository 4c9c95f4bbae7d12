/* SPDX-License-Identifier: MIT
 *
 * The manual of the outline: Python in, nodes out. A node is written as
 *
 *	x  x!                     a name; one that is stored to
 *	1  "a"  None              a literal, as it stands in the source
 *	(kind name children ...)  any other; name where it has one, ! behind what is stored to
 *
 * and a root as slot:node. BROKEN is in front where a statement is not Python.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/outline.h"
#include "python/source.h"

struct file {
	struct source source;
	struct mask mask;
	struct blocks blocks;
	struct outline outline;
};

static void file_open(struct file *file, const char *text)
{
	struct error err = { NULL };

	memset(file, 0, sizeof(*file));
	assert_int_equal(source_init(&file->source, xstrdup(text), strlen(text), &err), 0);
	mask_build(&file->mask, &file->source);
	blocks_build(&file->blocks, &file->mask);
	outline_init(&file->outline, &file->mask, &file->blocks);
}

static void file_close(struct file *file)
{
	outline_release(&file->outline);
	blocks_release(&file->blocks);
	mask_release(&file->mask);
	source_release(&file->source);
}

static void add_extent(struct strbuf *sb, const struct file *file, const struct node *node)
{
	strbuf_add(sb, file->source.bytes + node->start, node->end - node->start);
}

static void add_node(struct strbuf *sb, const struct file *file, int32_t index)
{
	const struct node *node = &file->outline.nodes[index];
	struct text name = outline_name(&file->outline, index);
	const char *stored = node->flags & NODE_STORES ? "!" : "";

	switch (node->kind) {
	case NODE_STRING:
	case NODE_NUMBER:
	case NODE_CONSTANT:
	case NODE_ALIAS:
		add_extent(sb, file, node);
		return;
	case NODE_NAME:
		strbuf_add(sb, name.ptr, name.len);
		strbuf_addstr(sb, stored);
		return;
	default:
		break;
	}
	strbuf_addf(sb, "(%s%s", node_kind_name(node->kind), stored);
	if (name.len) {
		strbuf_addch(sb, ' ');
		strbuf_add(sb, name.ptr, name.len);
	}
	for (int32_t child = node->child; child != NO_NODE; child = file->outline.nodes[child].next) {
		assert_int_equal(file->outline.nodes[child].parent, index);
		assert_int_equal(file->outline.nodes[child].slot, SLOT_NONE);
		strbuf_addch(sb, ' ');
		add_node(sb, file, child);
	}
	strbuf_addch(sb, ')');
}

static void add_stmt(struct strbuf *sb, struct file *file, int32_t stmt)
{
	const struct outline_stmt *entry = outline_stmt(&file->outline, stmt);

	if (entry->broken)
		strbuf_addstr(sb, "BROKEN ");
	for (int32_t root = entry->root; root != NO_NODE; root = file->outline.nodes[root].next) {
		strbuf_addf(sb, "%s:", node_slot_name(file->outline.nodes[root].slot));
		add_node(sb, file, root);
		strbuf_addch(sb, ' ');
	}
}

/* All statements of a file, one behind the other. */
static void expect(const char *text, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;
	struct file file;

	file_open(&file, text);
	for (int32_t i = 0; i < file.blocks.nr; i++)
		add_stmt(&sb, &file, i);
	if (sb.len > 0)
		strbuf_setlen(&sb, sb.len - 1);
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
	file_close(&file);
}

/* The last node of a file: the root of its last statement. */
static int32_t last_root(struct file *file)
{
	outline_stmt(&file->outline, file->blocks.nr - 1);
	return file->outline.nr - 1;
}

/* The text of the value in `x = …`, and where its children begin and end. */
static void expect_extents(const char *text, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;
	struct file file;
	int32_t root;

	file_open(&file, text);
	root = last_root(&file);
	add_extent(&sb, &file, &file.outline.nodes[root]);
	for (int32_t child = file.outline.nodes[root].child; child != NO_NODE; child = file.outline.nodes[child].next) {
		strbuf_addstr(&sb, " | ");
		add_extent(&sb, &file, &file.outline.nodes[child]);
	}
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
	file_close(&file);
}

static void test_outline__binds_operators_as_python_does(void **state)
{
	(void)state;
	expect("a + b * c", "expression:(binary a (binary b c))");
	expect("a - b - c", "expression:(binary (binary a b) c)");
	expect("a ** b ** c", "expression:(binary a (binary b c))");
	expect("-a ** -b", "expression:(unary (binary a (unary b)))");
	expect("await a ** b", "expression:(binary (await a) b)");
	expect("not a in b", "expression:(unary (compare a b))");
	expect("a < b not in c is not d", "expression:(compare a b c d)");
	expect("a or b or c and d and e", "expression:(or a b (and c d e))");
	expect("a | b ^ c & d << e + f @ ~g", "expression:(binary a (binary b (binary c (binary d (binary e (binary f (unary g)))))))");
	expect("a if b else c if d else e", "expression:(conditional a b (conditional c d e))");
	expect("lambda: a if b else c, d", "expression:(tuple (lambda (conditional a b c)) d)");
}

static void expect_op(const char *text, enum node_op op)
{
	struct file file;
	int32_t root;

	file_open(&file, text);
	root = outline_stmt(&file.outline, 0)->root;
	assert_int_equal(file.outline.nodes[root].op, op);
	file_close(&file);
}

static void test_outline__knows_operators(void **state)
{
	(void)state;
	expect_op("a not in b", OP_NOT_IN);
	expect_op("a is not b < c", OP_IS_NOT);
	expect_op("a // b", OP_FLOORDIV);
	expect_op("~a", OP_INVERT);
	expect_op("+a", OP_ADD);
	expect_op("not a", OP_NOT);
	expect_op("x >>= b", OP_RSHIFT);
	expect_op("x = a // b", OP_NONE);
}

static void test_outline__reads_trailers(void **state)
{
	(void)state;
	expect("a.b(c, *d, e=f, **g)[h]",
	       "expression:(subscript (call (attribute b a) c (starred d) (keyword e f) (double-starred g)) h)");
	expect("f(a == b, (c := d), e := f)", "expression:(call f (compare a b) (walrus c! d) (walrus e! f))");
	expect("x[a:b, ::c]", "expression:(subscript x (tuple (slice a b) (slice c)))");
	expect("x[*a]", "expression:(subscript x (tuple (starred a)))");
	expect("f(x for x in y)", "expression:(call f (generator x (comprehension x! y)))");
}

static void test_outline__reads_displays_and_comprehensions(void **state)
{
	(void)state;
	expect("(), (a), (b,), [], [c], {}, {d}, {e: f, **g}",
	       "expression:(tuple (tuple) a (tuple b) (list) (list c) (dict) (set d) (dict e f (double-starred g)))");
	expect("[a for b, c in d if e if f for g in h]",
	       "expression:(list-comp a (comprehension (tuple b! c!) d e f) (comprehension g! h))");
	expect("{a: b async for c.d in e}", "expression:(dict-comp a b (comprehension (attribute! d c) e))");
	expect("{a for b in (c if d else e)}", "expression:(set-comp a (comprehension b! (conditional c d e)))");
}

static void test_outline__reads_strings_and_their_fields(void **state)
{
	(void)state;
	expect("'a' \"b\"", "expression:'a' \"b\"");
	expect("f'{a!r:>{b}}' 'c' f'{d=}'", "expression:(fstring a b d)");
	expect("f'{f\"{a}\"}{b, c}{(lambda: d)}'", "expression:(fstring (fstring a) (tuple b c) (lambda d))");
	expect("f'{yield}'", "expression:(fstring (yield))");
	expect("f'' ''", "expression:(fstring)");
}

static void test_outline__reads_parameters(void **state)
{
	(void)state;
	expect("lambda a, /, b=c, *d, e, **f: g",
	       "expression:(lambda (parameter a) (parameter b c) (parameter d) (parameter e) (parameter f) g)");
	expect("def f[T: b = c](x: y = z, *, w: v) -> u: pass",
	       "type-parameter:b type-parameter:c parameter:(parameter x y z) parameter:(parameter w v) returns:u");
	expect("class C[*Ts](A, *b, metaclass=M): pass", "base:A base:(starred b) base:(keyword metaclass M)");
	expect("class C: pass", "");
}

static void test_outline__flags_parameters(void **state)
{
	struct file file;
	const struct node *node;
	int32_t root;

	(void)state;
	file_open(&file, "def f(a, b: c, d=e, *f: g, **h): pass");
	root = outline_stmt(&file.outline, 0)->root;
	node = &file.outline.nodes[root];
	assert_int_equal(node->flags, 0);
	node = &file.outline.nodes[node->next];
	assert_int_equal(node->flags, NODE_HAS_ANNOTATION);
	node = &file.outline.nodes[node->next];
	assert_int_equal(node->flags, NODE_HAS_DEFAULT);
	node = &file.outline.nodes[node->next];
	assert_int_equal(node->flags, NODE_STAR | NODE_HAS_ANNOTATION);
	node = &file.outline.nodes[node->next];
	assert_int_equal(node->flags, NODE_DOUBLE_STAR);
	assert_int_equal(node->next, NO_NODE);
	file_close(&file);
}

static void test_outline__gives_parts_of_simple_statements_their_slot(void **state)
{
	(void)state;
	expect("a = b, *c = d", "target:a! target:(tuple b! (starred c!)) value:d");
	expect("a.b: c = yield", "target:(attribute! b a) annotation:c value:(yield)");
	expect("a[b] += c, d", "augmented:(subscript! a b) augment:(tuple c d)");
	expect("x: int", "target:x! annotation:int");
	expect("return *a, b", "return:(tuple (starred a) b)");
	expect("raise a from b", "raise:a raise:b");
	expect("assert a, b", "test:a message:b");
	expect("del (a), [b, c.d]", "del:a! del:(list b! (attribute! d c))");
	expect("type X[T: a] = b", "target:X! type-parameter:a value:b");
	expect("@a.b(c)\ndef f(): pass", "decorator:(call (attribute b a) c)");
	expect("global a, b", "");
}

static void test_outline__gives_parts_of_headers_their_slot(void **state)
{
	(void)state;
	expect("while a := b: pass", "test:(walrus a! b)");
	expect("for a, b in *c, d: pass", "for-target:(tuple a! b!) iter:(tuple (starred c) d)");
	expect("try: pass\nexcept* (A, B) as e: pass", "except:(tuple A B) except-name:e!");
	expect("match a, b:\n case x.y(z=c, d=[_, *e]) | {**f} if g: pass",
	       "test:(tuple a b) pattern:(pattern c! e! f!) test:g");
}

static void test_outline__tells_with_items_from_expressions(void **state)
{
	(void)state;
	expect("with a as b, c: pass", "with-item:a with-target:b! with-item:c");
	expect("with (a as b, c(d) as (e, f.g),): pass",
	       "with-item:a with-target:b! with-item:(call c d) with-target:(tuple e! (attribute! g f))");
	expect("with (a, b): pass", "with-item:a with-item:b");
	expect("with (a, b) as c: pass", "with-item:(tuple a b) with-target:c!");
	expect("with (a, b)[0]: pass", "with-item:(subscript (tuple a b) 0)");
	expect("with (a := b): pass", "with-item:(walrus a! b)");
	expect("with (yield): pass", "with-item:(yield)");
}

static void test_outline__has_the_extents_of_ast(void **state)
{
	(void)state;
	expect_extents("(a) + (b)", "(a) + (b) | a | b");
	expect_extents("((a))", "a");
	expect_extents("(a), b,", "(a), b, | a | b");
	expect_extents("( a , b )", "( a , b ) | a | b");
	expect_extents("f( x for x in y )", "f( x for x in y ) | f | ( x for x in y )");
	expect_extents("(a)(b=(c))", "(a)(b=(c)) | a | b=(c)");
	expect_extents("x[(a):,]", "x[(a):,] | x | (a):,");
	expect_extents("(yield a)", "yield a | a");
}

static void test_outline__understands_what_it_can_of_broken_code(void **state)
{
	(void)state;
	expect("print a.b", "BROKEN expression:print expression:(attribute b a)");
	expect("f(a +, b)", "BROKEN expression:(call f a b)");
	expect("x = (a b]", "BROKEN target:x! value:(tuple a b)");
	expect("x = f(a, [b", "BROKEN target:x! value:(call f a (list b))");
	expect("a if b", "BROKEN expression:(tuple a b)");
	expect("f() = x", "BROKEN target:(call f) value:x");
	expect("[a for b]", "BROKEN expression:(list a b)");
	expect("x = ", "BROKEN target:x!");
	expect(") a", "BROKEN expression:a");
}

/* Returns how many nodes `prefix` n times, then `middle`, then `suffix` n times has. */
static int32_t count_nested(const char *prefix, const char *middle, const char *suffix, int n, bool *broken)
{
	struct strbuf sb = STRBUF_INIT;
	struct file file;
	int32_t count;

	for (int i = 0; i < n; i++)
		strbuf_addstr(&sb, prefix);
	strbuf_addstr(&sb, middle);
	for (int i = 0; i < n; i++)
		strbuf_addstr(&sb, suffix);
	file_open(&file, sb.buf);
	count = outline_stmt(&file.outline, 0)->count;
	*broken = outline_stmt(&file.outline, 0)->broken;
	file_close(&file);
	strbuf_release(&sb);
	return count;
}

static void test_outline__limits_the_depth_of_brackets_alone(void **state)
{
	bool broken;

	(void)state;
	assert_int_equal(count_nested("[", "a", "]", 999, &broken), 1000);
	assert_false(broken);
	assert_int_equal(count_nested("[", "a", "]", 100000, &broken), 1001);
	assert_true(broken);
	assert_int_equal(count_nested("not ", "a", "", 100000, &broken), 100001);
	assert_false(broken);
	assert_int_equal(count_nested("lambda: ", "a", "", 100000, &broken), 100001);
	assert_false(broken);
	assert_int_equal(count_nested("x if y else ", "a", "", 100000, &broken), 300001);
	assert_false(broken);
	assert_int_equal(count_nested("a + ", "a", "", 1000000, &broken), 2000001);
	assert_false(broken);
}

static void test_outline__is_made_a_statement_at_a_time(void **state)
{
	struct file file;
	const struct outline_stmt *entry;

	(void)state;
	file_open(&file, "a.b\nc\n");
	entry = outline_stmt(&file.outline, 1);
	assert_int_equal(entry->first, 0);
	assert_int_equal(entry->count, 1);
	entry = outline_stmt(&file.outline, 0);
	assert_int_equal(entry->first, 1);
	assert_int_equal(entry->count, 2);
	assert_int_equal(outline_stmt(&file.outline, 0)->count, 2);
	assert_int_equal(file.outline.nr, 3);
	file_close(&file);
}

static void test_outline__finds_lambda_and_covering_node(void **state)
{
	/*                  0         1         2         3 */
	const char *text = "f(lambda a=b(c): d(e), g(h))";
	struct file file;
	int32_t lambda, node;

	(void)state;
	file_open(&file, text);
	lambda = outline_covering(&file.outline, 0, 2, 21);
	assert_int_equal(file.outline.nodes[lambda].kind, NODE_LAMBDA);
	node = outline_covering(&file.outline, 0, 19, 20);
	assert_true(text_equal(outline_name(&file.outline, node), TEXT("e")));
	assert_int_equal(outline_lambda(&file.outline, node), lambda);
	assert_true(outline_is_within(&file.outline, node, lambda));
	node = outline_covering(&file.outline, 0, 13, 14);
	assert_true(text_equal(outline_name(&file.outline, node), TEXT("c")));
	assert_int_equal(outline_lambda(&file.outline, node), NO_NODE);
	node = outline_covering(&file.outline, 0, 23, 27);
	assert_int_equal(file.outline.nodes[node].kind, NODE_CALL);
	assert_int_equal(file.outline.nodes[node].start, 23);
	assert_false(outline_is_within(&file.outline, node, lambda));
	assert_int_equal(outline_covering(&file.outline, 0, 20, 23), last_root(&file));
	file_close(&file);
}

static void expect_alias(const char *text, const char *module, unsigned level, const char *name, const char *bound)
{
	struct file file;
	struct alias alias;

	file_open(&file, text);
	assert_true(outline_alias(&file.outline, last_root(&file), &alias));
	assert_true(text_equal(alias.module, (struct text){ module, strlen(module) }));
	assert_true(text_equal(alias.name, (struct text){ name, strlen(name) }));
	assert_true(text_equal(alias.bound, (struct text){ bound, strlen(bound) }));
	assert_int_equal(alias.level, level);
	assert_int_equal(alias.renamed, strstr(text, " as ") != NULL);
	file_close(&file);
}

static void test_outline__reads_aliases(void **state)
{
	(void)state;
	expect_alias("import a", "a", 0, "", "a");
	expect_alias("import x, a.b", "a.b", 0, "", "a");
	expect_alias("import a . b as c", "a.b", 0, "", "c");
	expect_alias("from a.b import c", "a.b", 0, "c", "c");
	expect_alias("from a import (b, c as d,)", "a", 0, "c", "d");
	expect_alias("from .... a import b", "a", 4, "b", "b");
	expect_alias("from . import b", "", 1, "b", "b");
	expect_alias("from a import *", "a", 0, "*", "");
	expect("import a.b as c, d", "alias:a.b as c alias:d");
	expect("from a import b, (c)", "BROKEN alias:b expression:c");
}

/* Compares the two elements of the tuple that the text is. */
static bool same(const char *text)
{
	struct file file;
	int32_t a, b;
	bool result;

	file_open(&file, text);
	a = outline_child(&file.outline, last_root(&file), 0);
	b = outline_child(&file.outline, last_root(&file), 1);
	result = outline_same(&file.outline, &file.source, a, b);
	assert_int_equal(outline_same(&file.outline, &file.source, b, a), result);
	if (result)
		assert_int_equal(outline_hash(&file.outline, &file.source, a),
				 outline_hash(&file.outline, &file.source, b));
	file_close(&file);
	return result;
}

static void test_outline__compares_expressions(void **state)
{
	(void)state;
	assert_true(same("a.b[c](d), a . b [c]((d))"));
	assert_false(same("a.b, a.c"));
	assert_false(same("a.b, a"));
	assert_false(same("f(a), f(a, a)"));
	assert_false(same("f(a, b), f(a)"));
	assert_true(same("x[a, b], x[(a, b)]"));
	assert_false(same("a < b < c, a < b <= c"));
	assert_false(same("a + b, a - b"));
	assert_false(same("x[a:], x[:a]"));
	assert_false(same("x[a:b], x[a::b]"));
	assert_false(same("(lambda *, a: b), (lambda a: b)"));
	assert_true(same("(lambda a, *b: c), (lambda a , * b : (c))"));
	assert_false(same("f(a=b), f(c=b)"));
}

static void test_outline__compares_literals_by_value(void **state)
{
	(void)state;
	assert_true(same("t['a'], t[\"a\"]"));
	assert_false(same("t['a'], t['b']"));
	assert_false(same("'a', b'a'"));
	assert_false(same("'a', u'a'"));
	assert_true(same("u'a', u\"a\""));
	assert_true(same("'a' r'''b\\n''', 'ab\\\\n'"));
	assert_true(same("'\\x41\\u00e9\\101', 'A\xC3\xA9" "A'"));
	assert_true(same("'a\\\nb', 'ab'"));
	assert_true(same("0x10, 1_6"));
	assert_true(same("1e3, 1000.0"));
	assert_false(same("1.0, 1"));
	assert_false(same("1.0, 1.0j"));
	assert_true(same("0xFFFFFFFFFFFFFFFFF, 0xf_ffff_ffff_ffff_ffff"));
	assert_false(same("0xFFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFFE"));
	assert_true(same("f'a{b}c', f\"a{ b }c\""));
	assert_false(same("f'a{b}c', f'a{b}d'"));
	assert_false(same("f'{b}', f'{b=}'"));
	assert_false(same("f'{b}', f'{b!r}'"));
	assert_false(same("f'{b:>{c}}', f'{b:<{c}}'"));
	assert_false(same("None, True"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outline__binds_operators_as_python_does),
		cmocka_unit_test(test_outline__knows_operators),
		cmocka_unit_test(test_outline__reads_trailers),
		cmocka_unit_test(test_outline__reads_displays_and_comprehensions),
		cmocka_unit_test(test_outline__reads_strings_and_their_fields),
		cmocka_unit_test(test_outline__reads_parameters),
		cmocka_unit_test(test_outline__flags_parameters),
		cmocka_unit_test(test_outline__gives_parts_of_simple_statements_their_slot),
		cmocka_unit_test(test_outline__gives_parts_of_headers_their_slot),
		cmocka_unit_test(test_outline__tells_with_items_from_expressions),
		cmocka_unit_test(test_outline__has_the_extents_of_ast),
		cmocka_unit_test(test_outline__understands_what_it_can_of_broken_code),
		cmocka_unit_test(test_outline__limits_the_depth_of_brackets_alone),
		cmocka_unit_test(test_outline__is_made_a_statement_at_a_time),
		cmocka_unit_test(test_outline__finds_lambda_and_covering_node),
		cmocka_unit_test(test_outline__reads_aliases),
		cmocka_unit_test(test_outline__compares_expressions),
		cmocka_unit_test(test_outline__compares_literals_by_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
