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

/* The names of the scopes that may hold the first `@` of a text, innermost first; "odd" where nothing can be said. */
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
	expect("class A:\n  def f(self):\n    def g():\n      pass\n  def h():\n    @\n", "h.A:");
	expect("def f():\n    if x:\n        pass\n    @\n", "f.");
	expect("def f():\n    pass\nclass B(A):\n    @\n", "B:");
	expect("def f(\na=@\n):\n  pass\n", "f.");
	expect("async def f(): @\n", "f~");
	expect("async\fdef \f f():\n    @\n", "f~");
	expect("define = 1\nclassy = @\n", "");
	expect("def f():\r\n\tdef g():\r\n        def h():\r\n                @\r\n", "h.f.");
	expect("def f():\n  def g():\n\f  def h():\n    @\n", "h.f.");
}

/* What is behind a body is not told from it. */
static void test_skim__misses_none_that_holds_the_place(void **state)
{
	(void)state;
	expect("async def f():\n    pass\n@\n", "f~");
	expect("async def f():\n    def g():\n        pass\n    @\n", "g.f~");
	expect("async def f():\n    x = (\n1,\n)\n    @\n", "f~");
	expect("x = (\ndef f():\n    @\n", "f.");
	expect("x = )\nasync def f():\n    @\n", "f~");
}

static void test_skim__sees_no_header_in_strings_comments_and_longer_words(void **state)
{
	(void)state;
	expect("async def f():\n    '''\ndef no():\n'''\n    @\n", "f~");
	expect("async def f():\n# def no():\n    @\n", "f~");
	expect("async def f():\n  defer = x.classes\n  def_ = undef\n  @\n", "f~");
	expect("async def f():\n  x = a if class_ else def2 # class C:\n  @\n", "f~");
}

static void test_skim__is_odd_where_it_may_err(void **state)
{
	(void)state;
	expect("async \\\ndef f():\n    @\n", "odd");
	expect("if x:\n  \\\n  def f():\n    @\n", "odd");
	expect("x = 1 + \\\r\ndef f():\r\n    @\r\n", "odd");
	expect("def \\\nf():\n    @\n", "odd");
}

static void test_skim__knows_classes_that_hold_an_async_def(void **state)
{
	static const char text[] = "class A:\n  if x:\n    async def f(): pass\n"
				   "class B:\n  def g():\n    async def h(): pass\n";
	struct error err = { NULL };
	struct skim skim = { .scopes = NULL };
	struct pyfile file;

	(void)state;
	assert_int_equal(pyfile_init(&file, xmemdupz(text, strlen(text)), strlen(text), &err), 0);
	pyfile_mask(&file);
	skim_build(&skim, &file.mask);
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
		cmocka_unit_test(test_skim__misses_none_that_holds_the_place),
		cmocka_unit_test(test_skim__sees_no_header_in_strings_comments_and_longer_words),
		cmocka_unit_test(test_skim__is_odd_where_it_may_err),
		cmocka_unit_test(test_skim__knows_classes_that_hold_an_async_def),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
