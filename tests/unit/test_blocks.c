/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/blocks.h"
#include "python/mask.h"
#include "python/source.h"

static struct source source;
static struct mask mask;
static struct blocks blocks;

static int release(void **state)
{
	(void)state;
	blocks_release(&blocks);
	mask_release(&mask);
	source_release(&source);
	return 0;
}

static void parse(const char *text)
{
	struct error err = { 0 };

	release(NULL);
	assert_int_equal(source_init(&source, xstrdup(text), strlen(text), &err), 0);
	mask_build(&mask, &source);
	blocks_build(&blocks, &mask);
}

/*
 * The tree, in one line: each statement as its text, of a header with its body in
 * braces behind it; `~` before what stands in the line of its header.
 */
static void assert_tree(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	parse(text);
	for (int32_t i = 0; i < blocks.nr; i++) {
		const struct stmt *stmt = &blocks.stmts[i];
		int32_t open = i;

		strbuf_addstr(&out, stmt->flags & STMT_INLINE ? "~" : "");
		strbuf_add(&out, source.bytes + stmt->start, stmt->end - stmt->start);
		strbuf_addstr(&out, stmt->last > i ? "{" : "");
		while (open != NO_STMT && blocks.stmts[open].last == i) {
			if (open != i)
				strbuf_addch(&out, '}');
			open = blocks.stmts[open].parent;
		}
		strbuf_addstr(&out, stmt->last == i && i + 1 < blocks.nr ? "|" : "");
	}
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void assert_kind(const char *text, enum stmt_kind kind)
{
	parse(text);
	assert_true(blocks.nr > 0);
	assert_string_equal(stmt_kind_name(blocks.stmts[0].kind), stmt_kind_name(kind));
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__indentation_makes_a_tree(void **state)
{
	(void)state;
	assert_tree("a\nif x:\n  b\n  while y:\n    c\nelse:\n  d\ne\n", "a|if x:{b|while y:{c}}|else:{d}|e");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
	assert_int_equal(blocks.stmts[1].next, 5);
	assert_int_equal(blocks.stmts[1].last, 4);
	assert_int_equal(blocks.stmts[1].body_end, blocks.stmts[4].end);
	assert_int_equal(blocks.stmts[2].next, 3);
	assert_int_equal(blocks.stmts[4].next, NO_STMT);
	assert_int_equal(blocks_body(&blocks, 3), 4);
}

static void test_blocks__lines_are_joined(void **state)
{
	(void)state;
	assert_tree("a(\n1\n)\nb = [{\n}]\n", "a(\n1\n)|b = [{\n}]");
	assert_tree("a + \\\n b\nc \\\r\n\\\r\n d", "a + \\\n b|c \\\r\n\\\r\n d");
	assert_tree("a = '''\nif x:\n'''\nb", "a = '''\nif x:\n'''|b");
	assert_tree("f'{\nx}'\nb", "f'{\nx}'|b");
	assert_tree("a \\\n\nb", "a|b");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__lines_are_split(void **state)
{
	(void)state;
	assert_tree("a; b ;c;\nd", "a|b|c|d");
	assert_tree("if x: a; b\nelse: c", "if x:{~a|~b}|else:{~c}");
	assert_tree("class C: x: int; y", "class C:{~x: int|~y}");
	assert_tree("a\rb\r\nc", "a|b|c");
	assert_tree("a  # ; b\n", "a");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__blank_lines_and_comments_indent_nothing(void **state)
{
	(void)state;
	assert_tree("if x:\n  a\n# c\n    # d\n\t\n\f\n  b\n", "if x:{a|b}");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__tabs_and_form_feeds(void **state)
{
	(void)state;
	assert_tree("if x:\n        a\n\tb\n    \tc\n", "if x:{a|b|c}");
	assert_tree("if x:\n  a\n \f  b\n\fc", "if x:{a|b}|c");
	assert_tree("if x:\n  \\\na\n  b\n", "if x:{a|b}"); /* what is before the backslash counts */
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__headers_end_at_their_colon(void **state)
{
	(void)state;
	assert_tree("if x[1:2] or {1: 2}: a", "if x[1:2] or {1: 2}:{~a}");
	assert_tree("if lambda: 1: a", "if lambda: 1:{~a}");
	assert_tree("while lambda x=lambda: 1: x: a", "while lambda x=lambda: 1: x:{~a}");
	assert_tree("if (lambda: 1)(): a", "if (lambda: 1)():{~a}");
	assert_tree("if x := y: a", "if x := y:{~a}");
	assert_tree("if x_lambda: a", "if x_lambda:{~a}");
	assert_tree("if b(lambda: 1, x[lambda: 2]), b: a", "if b(lambda: 1, x[lambda: 2]), b:{~a}");
	assert_tree("if (lambda: 1) or lambda b: 1: a", "if (lambda: 1) or lambda b: 1:{~a}");
	assert_tree("if lambdas, b: a", "if lambdas, b:{~a}");
	assert_tree("def f(a: int = 1) -> lambda: 2: return", "def f(a: int = 1) -> lambda: 2:{~return}");
	assert_tree("class C[T: int](B): pass", "class C[T: int](B):{~pass}");
	assert_tree("with (\n  a as b,\n): pass", "with (\n  a as b,\n):{~pass}");
	assert_tree("if f'{x:3}': pass", "if f'{x:3}':{~pass}");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__kinds(void **state)
{
	static const struct {
		const char *text;
		enum stmt_kind kind;
	} cases[] = {
		{ "pass", STMT_PASS }, { "import a", STMT_IMPORT }, { "from a import b", STMT_FROM },
		{ "global a", STMT_GLOBAL }, { "nonlocal a", STMT_NONLOCAL }, { "return", STMT_RETURN },
		{ "raise", STMT_RAISE }, { "break", STMT_BREAK }, { "continue", STMT_CONTINUE },
		{ "del a", STMT_DEL }, { "assert a", STMT_ASSERT }, { "@a", STMT_DECORATOR },
		{ "if(a):b", STMT_IF }, { "for(a)in(b):c", STMT_FOR }, { "while a:b", STMT_WHILE },
		{ "with a:b", STMT_WITH }, { "try:a", STMT_TRY }, { "except* a:b", STMT_EXCEPT },
		{ "finally:a", STMT_FINALLY }, { "elif a:b", STMT_ELIF }, { "else:a", STMT_ELSE },
		{ "def a():b", STMT_DEF }, { "class a:b", STMT_CLASS },
		{ "a", STMT_EXPRESSION }, { "a: int = 1", STMT_EXPRESSION }, { "await a", STMT_EXPRESSION },
		{ "lambda: a", STMT_EXPRESSION }, { "iff = 1", STMT_EXPRESSION }, { "passed", STMT_EXPRESSION },
		{ "if\xC3\xA9 = 1", STMT_EXPRESSION }, { "(a)", STMT_EXPRESSION }, { "not a", STMT_EXPRESSION },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_kind(cases[i].text, cases[i].kind);
}

static void test_blocks__async(void **state)
{
	(void)state;
	parse("async def f():\n  async with a: b\n  async  for x in y: z\n  async \\\n  def g(): pass\n  with a: b\n");
	assert_int_equal(blocks.stmts[0].kind, STMT_DEF);
	assert_int_equal(blocks.stmts[0].flags, STMT_ASYNC);
	assert_int_equal(blocks.stmts[1].kind, STMT_WITH);
	assert_int_equal(blocks.stmts[1].flags, STMT_ASYNC);
	assert_int_equal(blocks.stmts[3].kind, STMT_FOR);
	assert_int_equal(blocks.stmts[3].flags, STMT_ASYNC);
	assert_int_equal(blocks.stmts[5].kind, STMT_DEF);
	assert_int_equal(blocks.stmts[5].flags, STMT_ASYNC);
	assert_int_equal(blocks.stmts[7].flags, 0);
}

static void test_blocks__match_is_a_keyword_where_a_colon_ends_the_line(void **state)
{
	static const char *const headers[] = { "match x:", "match(x):", "match[x]:", "match -x:", "match *a, b:",
		"match x[1:2]: # c", "match lambda: 1:", "match x := 1:", "match{}:" };
	static const char *const names[] = { "match = 1", "match: int", "match: int = 1", "match[1]: int = 2",
		"match(x)", "match.x: int = 3", "match[1:2]", "match = lambda: x", "match in x", "match" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_addf(&text, "%s\n  case _: pass\n", headers[i]);
		assert_kind(text.buf, STMT_MATCH);
		strbuf_release(&text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_kind(names[i], STMT_EXPRESSION);
}

static void test_blocks__case_is_a_keyword_in_a_match(void **state)
{
	(void)state;
	assert_tree("match x:\n  case {1: y} if z: a\n  case(1):\n    case = 1\n    case: int\ncase(x)\n",
		    "match x:{case {1: y} if z:{~a}|case(1):{case = 1|case: int}}|case(x)");
	assert_int_equal(blocks.stmts[3].kind, STMT_CASE);
	assert_int_equal(blocks.stmts[4].kind, STMT_EXPRESSION);
	assert_int_equal(blocks.stmts[6].kind, STMT_EXPRESSION);
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__type_is_a_keyword_before_a_name(void **state)
{
	(void)state;
	assert_kind("type X = int", STMT_TYPE);
	assert_kind("type \\\n X[T] = int", STMT_TYPE);
	assert_kind("type type = int", STMT_TYPE);
	assert_kind("type = 1", STMT_EXPRESSION);
	assert_kind("type(x)", STMT_EXPRESSION);
	assert_kind("type (x)", STMT_EXPRESSION);
	assert_kind("type in x", STMT_EXPRESSION);
	assert_kind("type if x else y", STMT_EXPRESSION);
}

static void test_blocks__scopes_hold_bodies(void **state)
{
	(void)state;
	parse("@d\n"
	      "class C(A):\n"
	      "  def f(x=1):\n"
	      "    if x:\n"
	      "      class D:\n"
	      "        y\n"
	      "async  \\\n def g(): z\n");
	assert_int_equal(blocks.stmts[0].kind, STMT_DECORATOR);
	assert_int_equal(blocks.stmts[1].scope, NO_STMT);
	assert_int_equal(blocks.stmts[2].scope, 1);
	assert_int_equal(blocks.stmts[3].scope, 2);
	assert_int_equal(blocks.stmts[4].scope, 2); /* an `if` is none */
	assert_int_equal(blocks.stmts[4].parent, 3);
	assert_int_equal(blocks.stmts[5].scope, 4);
	assert_int_equal(blocks_function(&blocks, 4), 2); /* a class body belongs to the function around it */
	assert_int_equal(blocks_function(&blocks, 1), NO_STMT);
	assert_int_equal(blocks_class(&blocks, 2), 1);
	assert_int_equal(blocks_class(&blocks, NO_STMT), NO_STMT);
	assert_int_equal(blocks.stmts[7].scope, 6);
	assert_true(text_equal(blocks_name(&blocks, &mask, 1), TEXT("C")));
	assert_true(text_equal(blocks_name(&blocks, &mask, 2), TEXT("f")));
	assert_true(text_equal(blocks_name(&blocks, &mask, 6), TEXT("g")));
}

static void test_blocks__finds_the_statement_at_an_offset(void **state)
{
	(void)state;
	parse("\n a; b\n");
	assert_int_equal(blocks_at(&blocks, 0), NO_STMT);
	assert_int_equal(blocks_at(&blocks, 2), 0);
	assert_int_equal(blocks_at(&blocks, 3), 0);
	assert_int_equal(blocks_at(&blocks, 5), 1);
	assert_int_equal(blocks_at(&blocks, 7), 1);
}

static void test_blocks__a_logical_line_has_header_and_first_statement(void **state)
{
	uint32_t start, end;

	(void)state;
	parse("if x: a; b\nif y:\n  c\n");
	blocks_logical_line(&blocks, 0, &start, &end);
	assert_int_equal(start, 0);
	assert_int_equal(end, 7);
	blocks_logical_line(&blocks, 1, &start, &end);
	assert_int_equal(start, 0);
	assert_int_equal(end, 7);
	blocks_logical_line(&blocks, 2, &start, &end);
	assert_int_equal(start, 9);
	assert_int_equal(end, 10);
	blocks_logical_line(&blocks, 3, &start, &end);
	assert_int_equal(end, 16);
}

/* Line ends, brackets and colons are looked for in words of 64 bytes; indentation eight bytes at a time. */
static void test_blocks__ends_statements_at_any_place(void **state)
{
	(void)state;
	for (size_t n = 1; n < 200; n++) {
		struct strbuf text = STRBUF_INIT, tree = STRBUF_INIT;
		char name[200];

		memset(name, 'n', n);
		name[n] = '\0';
		strbuf_addf(&text, "if %s:\n%*s\n%*s(\n%s)  \n%*s%s", name, (int)n, "", (int)n + 1, "a", name, (int)n, "", name);
		strbuf_addf(&tree, "if %s:{a(\n%s)|%s}", name, name, name);
		assert_tree(text.buf, tree.buf);
		assert_int_equal(blocks.broken_at, NO_OFFSET);
		strbuf_release(&text);
		strbuf_release(&tree);
	}
}

static void test_blocks__degrades_on_broken_code(void **state)
{
	(void)state;
	assert_tree("if x:\n    a\n  b\nc", "if x:{a}|b|c"); /* a dedent to no known column */
	assert_int_equal(blocks.broken_at, 14);
	assert_tree("a\n  b\nc", "a|b|c");
	assert_int_equal(blocks.broken_at, 4);
	assert_tree("if x\n  a\nb", "if x{a}|b"); /* a header without its colon */
	assert_int_equal(blocks.broken_at, 4);
	assert_tree("if x:\nb", "if x:|b");
	assert_int_equal(blocks.broken_at, 6);
	assert_tree("a)\nb", "a)|b");
	assert_int_equal(blocks.broken_at, 1);
	assert_tree("if x: for y in z: a\nb", "if x:{~for y in z: a}|b");
	assert_int_equal(blocks.broken_at, 6);
	assert_tree("", "");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__an_open_bracket_ends_before_a_statement(void **state)
{
	(void)state;
	assert_tree("a(b,\n  c\ndef f():\n  return [\n\nclass C: pass",
		    "a(b,\n  c|def f():{return [}|class C:{~pass}");
	assert_int_equal(blocks.broken_at, 0);
	/* These can stand at the begin of a line in brackets. */
	assert_tree("a = [b\nfor c in d\nif e\nasync for f in g]", "a = [b\nfor c in d\nif e\nasync for f in g]");
	assert_tree("a = (b\nif c\nelse d, (yield\nfrom e), match\n, type\n)",
		    "a = (b\nif c\nelse d, (yield\nfrom e), match\n, type\n)");
	assert_int_equal(blocks.broken_at, NO_OFFSET);
}

static void test_blocks__takes_deep_nests(void **state)
{
	size_t depth = 100000;
	char *text = xmalloc(2 * depth + 2);

	(void)state;
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	memcpy(text + 2 * depth, "\n", 2);
	parse(text);
	assert_int_equal(blocks.nr, 1);
	assert_int_equal(blocks.stmts[0].end, 2 * depth);
	assert_int_equal(blocks.broken_at, NO_OFFSET);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks__indentation_makes_a_tree),
		cmocka_unit_test(test_blocks__lines_are_joined),
		cmocka_unit_test(test_blocks__lines_are_split),
		cmocka_unit_test(test_blocks__blank_lines_and_comments_indent_nothing),
		cmocka_unit_test(test_blocks__tabs_and_form_feeds),
		cmocka_unit_test(test_blocks__headers_end_at_their_colon),
		cmocka_unit_test(test_blocks__kinds),
		cmocka_unit_test(test_blocks__async),
		cmocka_unit_test(test_blocks__match_is_a_keyword_where_a_colon_ends_the_line),
		cmocka_unit_test(test_blocks__case_is_a_keyword_in_a_match),
		cmocka_unit_test(test_blocks__type_is_a_keyword_before_a_name),
		cmocka_unit_test(test_blocks__scopes_hold_bodies),
		cmocka_unit_test(test_blocks__finds_the_statement_at_an_offset),
		cmocka_unit_test(test_blocks__a_logical_line_has_header_and_first_statement),
		cmocka_unit_test(test_blocks__ends_statements_at_any_place),
		cmocka_unit_test(test_blocks__degrades_on_broken_code),
		cmocka_unit_test(test_blocks__an_open_bracket_ends_before_a_statement),
		cmocka_unit_test(test_blocks__takes_deep_nests),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
