/* SPDX-License-Identifier: MIT */
#include "pyfile_fixture.h"

#include "base/strbuf.h"
#include "python/names.h"

/* The callee of the last call in the file. */
static int32_t callee(void)
{
	int32_t found = NO_NODE;

	for (int32_t i = 0; i < file.blocks.nr; i++)
		outline_stmt(&file.outline, i);
	for (int32_t i = 0; i < file.outline.nr; i++) {
		if (file.outline.nodes[i].kind == NODE_CALL)
			found = file.outline.nodes[i].child;
	}
	assert_int_not_equal(found, NO_NODE);
	return found;
}

static bool add_word(void *data, struct text word)
{
	struct strbuf *out = data;

	strbuf_addstr(out, out->len ? " " : "");
	strbuf_add(out, word.ptr, word.len);
	return false;
}

typedef bool (*names_fn)(struct bindings *bindings, int32_t node, names_each_fn each, void *data);

/* What the callee of the last call may mean. */
static void assert_says(names_fn names, const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	parse(text);
	assert_false(names(&file.bindings, callee(), add_word, &out));
	if (strcmp(out.buf, expected))
		print_message("%s\n", text);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void assert_means(const char *text, const char *expected)
{
	assert_says(names_meanings, text, expected);
}

static void test_names__unbound_are_themselves(void **state)
{
	(void)state;
	assert_means("open()", "open");
	assert_means("os.path.join()", "os.path.join");
	assert_means("os . path\\\n.join()", "os.path.join");
	assert_means("f().x()", "");
	assert_means("'text'.join()", "");
}

static void test_names__come_from_imports(void **state)
{
	(void)state;
	assert_means("import os\nos.x()", "os.x");
	assert_means("import os.path\nos.x()", "os.x");
	assert_means("import os.path as p\np.x()", "os.path.x");
	assert_means("import os . path as p\np.x()", "os.path.x");
	assert_means("from os import path\npath.x()", "os.path.x");
	assert_means("from os import path as p\np()", "os.path");
	assert_means("from . import path\npath.x()", ".path.x");
	assert_means("from ..os import path\npath.x()", "..os.path.x");
	assert_means("from os import *\npath()", "path");
}

static void test_names__several_imports_say_several(void **state)
{
	(void)state;
	assert_means("try: import a as j\nexcept E: import bb as j\nj.x()", "a.x bb.x");
	assert_means("import j\nimport j\nj()", "j");
}

/* Brackets and dots behind a name look like uses of it. */
static void test_names__bound_where_a_use_would_stand(void **state)
{
	(void)state;
	assert_means("import os\ndef f():\n  def os(): pass\n  os.x()", "");
	assert_means("import os\ndef f():\n  class os(object): pass\n  os.x()", "");
	assert_means("import os\ndef f():\n  def  \\\n os[T](): pass\n  os.x()", "");
	assert_means("import os\ndef f(x):\n  del os\n  (x).y\n  os.x()", "");
	assert_means("import os\ndef f(x):\n  for os in x: os.x()", "");
	assert_means("import os\nos.y = os[1] = 2\ndef f(): os.x()", "os.x");
}

static void test_names__bound_otherwise_mean_nothing(void **state)
{
	(void)state;
	assert_means("x = 1\nx()", "");
	assert_means("def f(os): os.x()", "");
	assert_means("import os\nos = 1\nos.x()", "os.x"); /* at module level the import wins, */
	assert_means("class C:\n  import os\n  os = 1\n  os.x()", "os.x"); /* in a class body too, */
	assert_means("def f():\n  import os\n  os = 1\n  os.x()", ""); /* in a function it does not */
	assert_means("def f():\n  import os\ndef g():\n  os.x()", "os.x"); /* an import anywhere in the file */
	assert_means("def f():\n  import os as o\ndef g(o):\n  o.x()", "");
}

static void test_names__imported_come_only_from_imports(void **state)
{
	(void)state;
	assert_says(names_imported, "open()", "");
	assert_says(names_imported, "import os as o\no.x()", "os.x");
	parse("import os\nos.x()");
	assert_true(names_is_imported(&file.bindings, callee()));
	parse("os.x()");
	assert_false(names_is_imported(&file.bindings, callee()));
}

static bool stop_at_once(void *data, struct text word)
{
	(void)word;
	++*(int *)data;
	return true;
}

static void test_names__stop_when_told(void **state)
{
	int calls = 0;

	(void)state;
	parse("import a as j\nimport b as j\nj.x()");
	assert_true(names_meanings(&file.bindings, callee(), stop_at_once, &calls));
	assert_int_equal(calls, 1);
}

static size_t count(const struct binding_list *list)
{
	return list ? list->nr : 0;
}

static void test_names__bindings_of_an_expression(void **state)
{
	struct name_bindings found;

	(void)state;
	parse("def f(p):\n  p = 1\n  p()");
	found = names_bindings(&file.bindings, callee());
	assert_int_equal(count(found.lists[0]), 2);
	assert_null(found.lists[1]);

	parse("class C:\n  x = 1\n  def x(self):\n    self.x = 2\n    self.x()");
	found = names_bindings(&file.bindings, callee());
	assert_int_equal(count(found.lists[0]), 1);
	assert_int_equal(count(found.lists[1]), 1); /* the def is left out */
	assert_int_equal(found.lists[1]->first->kind, BINDING_ASSIGN);

	parse("class C:\n  x = 1\n  def f(self):\n    other.x()");
	found = names_bindings(&file.bindings, callee());
	assert_null(found.lists[0]);
	assert_null(found.lists[1]);
}

/* The statements of the defs that the callee of the last call may mean. */
static void assert_functions(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	const int32_t *defs;
	size_t nr;

	parse(text);
	nr = names_functions(&file.bindings, callee(), &defs);
	for (size_t i = 0; i < nr; i++)
		strbuf_addf(&out, i ? " %d" : "%d", defs[i]);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void test_names__functions_of_the_file(void **state)
{
	(void)state;
	assert_functions("def f(): pass\nf()", "0");
	assert_functions("f = 1\ndef f(): pass\ndef f(): pass\nf()", "1 3");
	assert_functions("class C:\n  def f(self): pass\nf()", "");
	assert_functions("def f(): pass\ndef g():\n  import f\n  f()", "");
	assert_functions("class A:\n  def f(self): pass\nclass B:\n  def f(self): self.f()", "4");
	assert_functions("class A:\n  def f(self): pass\nclass B:\n  def g(self): cls.f()", "1");
	assert_functions("class A:\n  def f(self): pass\nclass B:\n  def f(self): x.y().f()", "1 4");
	assert_functions("import x\nclass A:\n  def f(self): x.f()", "");
	assert_functions("class A:\n  def f(self): pass\n  class B:\n    def f(self): pass\n  def g(self): self.f()", "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_names__unbound_are_themselves, release),
		cmocka_unit_test_teardown(test_names__come_from_imports, release),
		cmocka_unit_test_teardown(test_names__several_imports_say_several, release),
		cmocka_unit_test_teardown(test_names__bound_where_a_use_would_stand, release),
		cmocka_unit_test_teardown(test_names__bound_otherwise_mean_nothing, release),
		cmocka_unit_test_teardown(test_names__imported_come_only_from_imports, release),
		cmocka_unit_test_teardown(test_names__stop_when_told, release),
		cmocka_unit_test_teardown(test_names__bindings_of_an_expression, release),
		cmocka_unit_test_teardown(test_names__functions_of_the_file, release),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
