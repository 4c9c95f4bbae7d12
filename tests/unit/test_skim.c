/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "python/pyfile.h"
#include "python/skim.h"

/* The names of the scopes that hold the first `@` of a text, outermost first; "odd" where nothing can be said. */
static char *scopes_at(const char *text)
{
	struct strbuf names = STRBUF_INIT;
	struct error err = { NULL };
	struct skim skim = { .scopes = NULL };
	struct pyfile file;

	assert_int_equal(pyfile_init(&file, xmemdupz(text, strlen(text)), strlen(text), &err), 0);
	pyfile_mask(&file);
	skim_build(&skim, &file.mask);
	if (skim.odd)
		strbuf_addstr(&names, "odd");
	for (int32_t s = skim.odd ? NO_SCOPE : skim_scope_at(&skim, (uint32_t)(strchr(text, '@') - text)); s != NO_SCOPE;
	     s = skim.scopes[s].parent) {
		struct text name = skim_name(&skim, &file.mask, s);

		strbuf_add(&names, name.ptr, name.len);
		strbuf_addstr(&names, skim.scopes[s].is_class ? ":" : skim.scopes[s].is_async ? "~" : ".");
	}
	skim_release(&skim);
	pyfile_release(&file);
	return strbuf_detach(&names, NULL);
}

static void expect(const char *text, const char *names)
{
	char *found = scopes_at(text);

	assert_string_equal(found, names);
	free(found);
}

static void test_skim__finds_the_scopes_around_a_place(void **state)
{
	(void)state;
	expect("x = @\n", "");
	expect("async def f():\n    @\n", "f~");
	expect("class A:\n  async   def f(self):\n    def g():\n      @\n", "g.f~A:");
	expect("def f():\n    pass\n@\n", "");
	expect("def f():\n    if x:\n        pass\n    @\n", "f.");
	expect("def f(\na=@\n):\n  pass\n", "f.");
	expect("async def f(): @\n", "f~");
	expect("async\fdef \f f():\n    @\n", "f~");
	expect("define = 1\nclassy = @\n", "");
	expect("def f():\r\n\t@\r\nx = 1\r\n", "f.");
}

static void test_skim__strings_comments_and_brackets_end_no_body(void **state)
{
	(void)state;
	expect("async def f():\n    '''\ndef no():\n'''\n    @\n", "f~");
	expect("async def f():\n    x = (\n1,\n)\n    @\n", "f~");
	expect("async def f():\n# out\n    @\n", "f~");
	expect("async def f():\n    x = 1 + \\\n2\n    @\n", "f~");
	expect("async def f():\n\n\f\n    @\n", "f~");
}

static void test_skim__is_odd_where_it_may_err(void **state)
{
	(void)state;
	expect("x = (\ndef f():\n    @\n", "odd");
	expect("x = )\n@\n", "odd");
	expect("async \\\ndef f():\n    @\n", "odd");
	expect("if x:\n  \\\n  @\n", "odd");
	expect("def \\\nf():\n    @\n", "odd");
	expect("x = [1,\nreturn @\n]\n", "odd");
}

static void test_skim__knows_imports_and_async_methods(void **state)
{
	static const char text[] = "import a\nfrom b import (\n  c,\n)\nfrom.d import e\nimportant = 1\n"
				   "class A:\n  if x:\n    async def f(): pass\nclass B:\n  def g():\n    async def h(): pass\n";
	struct error err = { NULL };
	struct skim skim = { .scopes = NULL };
	struct pyfile file;

	(void)state;
	assert_int_equal(pyfile_init(&file, xmemdupz(text, strlen(text)), strlen(text), &err), 0);
	pyfile_mask(&file);
	skim_build(&skim, &file.mask);
	assert_false(skim.odd);
	assert_int_equal(skim.nr_imports, 3);
	assert_int_equal(skim.imports[1].start, 9);
	assert_int_equal(skim.imports[1].end, strstr(text, "from.d") - text);
	assert_int_equal(skim.nr, 5);
	assert_true(skim.scopes[0].holds_async);
	assert_false(skim.scopes[2].holds_async);
	skim_release(&skim);
	pyfile_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_skim__finds_the_scopes_around_a_place),
		cmocka_unit_test(test_skim__strings_comments_and_brackets_end_no_body),
		cmocka_unit_test(test_skim__is_odd_where_it_may_err),
		cmocka_unit_test(test_skim__knows_imports_and_async_methods),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
