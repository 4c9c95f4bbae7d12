/* SPDX-License-Identifier: MIT */
#include "pyfile_fixture.h"

#include "base/strbuf.h"

/* The node of the last `HERE` in the file; outlines its statement alone. */
static int32_t here(void)
{
	const char *code = file.mask.code, *found = NULL;
	uint32_t start;
	int32_t node;

	for (const char *next = code; (next = strstr(next, "HERE")); next++)
		found = next;
	assert_non_null(found);
	start = (uint32_t)(found - code);
	node = outline_covering(&file.outline, blocks_at(&file.blocks, start), start, start + 4);
	assert_int_not_equal(node, NO_NODE);
	return node;
}

static struct text scope_name(const struct scope *scope)
{
	if (!scope)
		return TEXT("-");
	if (scope->kind == SCOPE_MODULE)
		return TEXT("module");
	if (scope->kind == SCOPE_LAMBDA)
		return TEXT("lambda");
	return blocks_name(&file.blocks, &file.mask, scope->stmt);
}

/* Which scope says what `x` means at HERE. */
static void assert_owner(const char *text, const char *expected)
{
	struct scope *owner;
	struct text name;

	parse(text);
	owner = bindings_owner(&file.bindings, bindings_scope(&file.bindings, here()), TEXT("x"));
	name = scope_name(owner);
	if (!text_equal(name, (struct text){ expected, strlen(expected) }))
		print_message("%s", text);
	assert_int_equal(name.len, strlen(expected));
	assert_memory_equal(name.ptr, expected, name.len);
}

static const char *const kinds[] = {
	[BINDING_IMPORT] = "import",
	[BINDING_PARAMETER] = "parameter",
	[BINDING_ASSIGN] = "assign",
	[BINDING_DECLARE] = "declare",
	[BINDING_AUGMENTED] = "augmented",
	[BINDING_FOR] = "for",
	[BINDING_ASYNC_FOR] = "async for",
	[BINDING_WITH] = "with",
	[BINDING_EXCEPT] = "except",
	[BINDING_DEF] = "def",
	[BINDING_CLASS] = "class",
	[BINDING_UNPACK] = "unpack",
	[BINDING_MATCH] = "match",
	[BINDING_DEL] = "del",
};

static void add_node(struct strbuf *out, const char *before, int32_t node)
{
	if (node == NO_NODE)
		return;
	strbuf_addstr(out, before);
	strbuf_add(out, file.source.bytes + file.outline.nodes[node].start,
		   file.outline.nodes[node].end - file.outline.nodes[node].start);
}

/* A list as `kind: annotation = value, …`. */
static void assert_list(const struct binding_list *list, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	for (const struct binding *b = list ? list->first : NULL; b; b = b->next) {
		strbuf_addstr(&out, kinds[b->kind]);
		add_node(&out, ": ", b->annotation);
		add_node(&out, " = ", b->value);
		strbuf_addstr(&out, b->next ? ", " : "");
	}
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

/* Asks about so many other names that it is cheaper to collect the bindings of all at once. */
static void ask_about_others(struct scope *scope)
{
	for (char name = 'A'; name <= 'Z'; name++)
		bindings_in(&file.bindings, scope, (struct text){ &name, 1 });
}

/* What binds `x` at module level, whether only it is asked about or others before. */
static void assert_binds(const char *text, const char *expected)
{
	struct scope *module;

	for (int others = 0; others < 2; others++) {
		parse(text);
		module = bindings_scope_of(&file.bindings, NO_STMT);
		if (others)
			ask_about_others(module);
		assert_list(bindings_in(&file.bindings, module, TEXT("x")), expected);
	}
}

static void test_bindings__of_each_kind(void **state)
{
	(void)state;
	assert_binds("y = 1", "");
	assert_binds("import x.a\nfrom m import b as x\nimport m as x\nfrom x import *", "import, import, import");
	assert_binds("x = y = z = f()", "assign = f()");
	assert_binds("x: int = 1\nx: str", "assign: int = 1, declare: str");
	assert_binds("x /= y", "augmented = y");
	assert_binds("for x in xs: pass", "for = xs");
	assert_binds("with f() as a, g() as x: pass", "with = g()");
	assert_binds("try: pass\nexcept E as x: pass", "except");
	assert_binds("def x(): pass\nclass x: pass", "def, class");
	assert_binds("a, (b, *x) = y\nfor x, y in z: pass", "unpack, unpack");
	assert_binds("match y:\n  case [*x] | {'k': 1, **x} | C(a=x): pass", "match, match, match");
	assert_binds("del x, (x, y), ((x,), [x.y])", "del, del, del");
	assert_binds("type x = int", "assign = int");
}

/* Whatever stands around the name. */
static void test_bindings__in_any_layout(void **state)
{
	(void)state;
	assert_binds("x=(1)\nx\n(2)\n(x) = 3\nx, = 4\n[y, x] = 5", "assign = 1, assign = 3, unpack, unpack");
	assert_binds("x \\\n = 1\nx \\\n.a = 2", "assign = 1");
	assert_binds("def  x (): pass\ndef \\\n x[T](): pass\nclass x(y): pass\nclass\tx [T]: pass", "def, def, class, class");
	assert_binds("type x[T] = int\nfrom m import (a, x\n  )\nimport x . a", "assign = int, import, import");
	assert_binds("xx = x1 = ax = 1\ny.x = y . x = y. \\\nx = 1", "");
	assert_binds("class C: ...\nx = 1\ndef\nx(2)", "assign = 1");
	assert_binds("x = 1; y = x; xx = 2; x = 3", "assign = 1, assign = 3");
	assert_binds("def f(x):\n  x = 1\n  class C(x := 2): x = 3\nif y: x = 4\nx = 5", "assign = 4, assign = 5");
}

static void test_bindings__in_expressions(void **state)
{
	(void)state;
	assert_binds("print(x := f())", "assign = f()");
	assert_binds("y = [x async for x in z]", "async for = z");
	assert_binds("def f(a=(x := 1), b: (x := 2) = 3): pass", "assign = 1, assign = 2");
	assert_binds("@f(x := 1)\nclass C(x := 2): pass", "assign = 1, assign = 2");
	assert_binds("lambda x, y=(x := 1): (x := 2)", "assign = 1");
	assert_binds("x.a = 1; x[0] = 2; x(x=1)", "");
}

static void test_bindings__annotations_in_quotes_do_not_count(void **state)
{
	(void)state;
	assert_binds("x: 'int' = 1", "assign = 1");
	assert_binds("x: b'int'", "declare: b'int'");
	assert_binds("x: f'int'", "declare: f'int'");
}

static void test_bindings__of_parameters(void **state)
{
	struct scope *scope;

	(void)state;
	parse("def f(a: int, /, x: str = 1, *args: A, k: 'Q', **kw: B): pass\n");
	scope = bindings_scope_of(&file.bindings, 0);
	assert_list(bindings_in(&file.bindings, scope, TEXT("x")), "parameter: str");
	assert_list(bindings_in(&file.bindings, scope, TEXT("a")), "parameter: int");
	assert_list(bindings_in(&file.bindings, scope, TEXT("args")), "parameter");
	assert_list(bindings_in(&file.bindings, scope, TEXT("k")), "parameter");
	assert_list(bindings_in(&file.bindings, scope, TEXT("kw")), "parameter");
}

static void test_bindings__lookup_goes_outwards(void **state)
{
	(void)state;
	assert_owner("HERE", "-");
	assert_owner("x = 1\ndef f():\n  HERE", "module");
	assert_owner("def f(x):\n  def g():\n    HERE", "f");
	assert_owner("x = 1\nclass C:\n  x = 2\n  HERE", "C");
	assert_owner("x = 1\nclass C:\n  x = 2\n  def f(self):\n    HERE", "module");
	assert_owner("class C:\n  x = 2\n  lambda: HERE", "-");
	assert_owner("def f():\n  lambda x: HERE", "lambda");
	assert_owner("def f():\n  lambda x=HERE: 1", "-");
	assert_owner("def f(x=HERE): pass", "-");
	assert_owner("def f():\n  [x for x in y]\n  HERE", "f");
	assert_owner("def f():\n  lambda: [x for x in HERE]", "lambda");
}

static void test_bindings__declarations_move_bindings_out(void **state)
{
	(void)state;
	assert_owner("def f():\n  global x\n  x = 1\ndef g():\n  HERE", "module");
	assert_owner("def f(x):\n  def g():\n    global x\n    HERE", "-");
	assert_owner("x = 1\ndef f(x):\n  def g():\n    global x\n    HERE", "module");
	assert_owner("def f(x):\n  def g():\n    nonlocal x\n    x = 1\n    HERE", "f");
	assert_owner("def f():\n  def g():\n    nonlocal x\n    x = 1\n    HERE", "module");
	assert_owner("class C:\n  global x\n  x = 1\n  HERE", "module");
	parse("def f(x):\n  class C:\n    x = 2\n    def g():\n      nonlocal x, y\n      x = 3\n");
	assert_list(bindings_in(&file.bindings, bindings_scope_of(&file.bindings, 0), TEXT("x")), "parameter, assign = 3");
	assert_list(bindings_in(&file.bindings, bindings_scope_of(&file.bindings, 1), TEXT("x")), "assign = 2");
}

static void test_bindings__of_self(void **state)
{
	(void)state;
	parse("class A:\n"
	      "  x = 0\n"
	      "  def f(self):\n"
	      "    self.x: int = 1\n"
	      "    def g(): self.x = 2\n"
	      "    lambda: [0 for self.x in y]\n"
	      "    a, self.x = 3\n"
	      "    other.x = self.x.y = 4\n"
	      "    del self.x\n"
	      "    class B:\n"
	      "      def h(self): self.x = 5\n"
	      "self.x = 6\n");
	assert_list(bindings_of_self(&file.bindings, 0, TEXT("x")), "assign: int = 1, assign = 2, for = y, unpack");
	assert_null(bindings_of_self(&file.bindings, 0, TEXT("y")));
	for (char name = 'A'; name <= 'Z'; name++)
		assert_null(bindings_of_self(&file.bindings, 0, (struct text){ &name, 1 }));
	assert_list(bindings_of_self(&file.bindings, 0, TEXT("x")), "assign: int = 1, assign = 2, for = y, unpack");
}

static void test_bindings__of_the_whole_file(void **state)
{
	const int32_t *found;

	(void)state;
	parse("import a.b.c, d as e\n"
	      "def f():\n"
	      "  import g.h\n"
	      "  from i import j\n"
	      "class C:\n"
	      "  def f(self): return f.f\n"
	      "  def g(self):\n"
	      "    def f(): f = 1\n");
	assert_list(bindings_imports(&file.bindings, TEXT("j")), "import");
	assert_null(bindings_imports(&file.bindings, TEXT("i")));
	assert_true(bindings_is_module(&file.bindings, TEXT("a")));
	assert_true(bindings_is_module(&file.bindings, TEXT("a.b")));
	assert_true(bindings_is_module(&file.bindings, TEXT("a.b.c")));
	assert_true(bindings_is_module(&file.bindings, TEXT("d")));
	assert_true(bindings_is_module(&file.bindings, TEXT("g")));
	assert_false(bindings_is_module(&file.bindings, TEXT("e")));
	assert_false(bindings_is_module(&file.bindings, TEXT("i")));
	assert_false(bindings_is_module(&file.bindings, TEXT("a.")));
	assert_false(bindings_is_module(&file.bindings, TEXT("a.b.c.d")));
	assert_int_equal(bindings_methods(&file.bindings, TEXT("f"), &found), 1);
	assert_int_equal(found[0], 5);
	assert_int_equal(bindings_uses(&file.bindings, TEXT("f"), false, &found), 2);
	assert_int_equal(bindings_uses(&file.bindings, TEXT("f"), true, &found), 1);
	assert_int_equal(bindings_uses(&file.bindings, TEXT("k"), true, &found), 0);
}

static void assert_uses_in(struct scope *owner, const char *expected)
{
	struct strbuf lines = STRBUF_INIT;
	const int32_t *nodes;
	size_t nr = bindings_uses_in(&file.bindings, owner, TEXT("x"), &nodes);

	for (size_t i = 0; i < nr; i++)
		strbuf_addf(&lines, "%u", source_line(&file.source, file.outline.nodes[nodes[i]].start));
	assert_string_equal(lines.buf, expected);
	strbuf_release(&lines);
}

/* In the lines of a file; whether only it is asked about or others before. */
static void test_bindings__uses_by_what_binds_the_name(void **state)
{
	const int32_t *nodes;

	(void)state;
	for (int others = 0; others < 2; others++) {
		parse("x = y.x\n"
		      "def f(a=x):\n"
		      "  x = 2\n"
		      "  def g(): x, xx\n"
		      "  class C:\n"
		      "    x = x\n"
		      "    def h(self): x\n"
		      "  lambda: x; lambda x: (x, HERE)\n"
		      "def k(x): x(x=x)\n"
		      "def m():\n"
		      "  global x; x = 3\n");
		for (char name = 'A'; others && name <= 'Z'; name++)
			bindings_uses(&file.bindings, (struct text){ &name, 1 }, false, &nodes);
		assert_uses_in(bindings_scope_of(&file.bindings, NO_STMT), "1211");
		assert_uses_in(bindings_scope_of(&file.bindings, 1), "3478");
		assert_uses_in(bindings_scope_of(&file.bindings, 5), "66");
		assert_uses_in(bindings_scope(&file.bindings, here()), "8");
		assert_uses_in(bindings_scope_of(&file.bindings, blocks_at(&file.blocks, file.source.line_starts[8])), "99");
		assert_uses_in(NULL, "");
	}
}

/* What has been outlined, a digit a statement. */
static void assert_outlined(const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	for (int32_t stmt = 0; stmt < file.blocks.nr; stmt++)
		if (outline_entry(&file.outline, stmt))
			strbuf_addch(&out, (char)('0' + stmt));
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

/* A lookup outlines the statements that may bind the name, where it is looked for; many lookups, all that bind any. */
static void test_bindings__outline_what_they_need(void **state)
{
	struct scope *scope;

	(void)state;
	parse("import m, x\n"
	      "import n\n"
	      "def f(a):\n"
	      "  y = HERE\n"
	      "  xx = x.a\n"
	      "def g():\n"
	      "  x = 1\n"
	      "print(1)\n");
	scope = bindings_scope(&file.bindings, here());
	assert_outlined("3");
	assert_ptr_equal(bindings_owner(&file.bindings, scope, TEXT("x")), bindings_scope_of(&file.bindings, NO_STMT));
	assert_outlined("03");
	assert_ptr_equal(bindings_owner(&file.bindings, scope, TEXT("a")), scope);
	assert_outlined("023");
	ask_about_others(scope);
	assert_outlined("0234");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_bindings__of_each_kind, release),
		cmocka_unit_test_teardown(test_bindings__in_any_layout, release),
		cmocka_unit_test_teardown(test_bindings__in_expressions, release),
		cmocka_unit_test_teardown(test_bindings__annotations_in_quotes_do_not_count, release),
		cmocka_unit_test_teardown(test_bindings__of_parameters, release),
		cmocka_unit_test_teardown(test_bindings__lookup_goes_outwards, release),
		cmocka_unit_test_teardown(test_bindings__declarations_move_bindings_out, release),
		cmocka_unit_test_teardown(test_bindings__of_self, release),
		cmocka_unit_test_teardown(test_bindings__of_the_whole_file, release),
		cmocka_unit_test_teardown(test_bindings__uses_by_what_binds_the_name, release),
		cmocka_unit_test_teardown(test_bindings__outline_what_they_need, release),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
