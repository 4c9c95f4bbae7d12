/* SPDX-License-Identifier: MIT
 *
 * What match_file makes of a file, and leaves unmade: nobody pays for what no
 * candidate needs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "scan/match.h"

static struct ruleset rules;
static struct matcher *matcher;
static struct regex_worker *worker;

static int load_rules(void **state)
{
	struct error err = { NULL };

	(void)state;
	ruleset_init(&rules);
	assert_int_equal(ruleset_add_builtin(&rules, false, &err), 0);
	ruleset_compile(&rules);
	assert_int_equal(ruleset_select(&rules, "all", NULL, &err), 0);
	matcher = matcher_new(&rules);
	worker = regex_worker_new();
	return 0;
}

static int free_rules(void **state)
{
	(void)state;
	regex_worker_free(worker);
	matcher_free(matcher);
	ruleset_release(&rules);
	return 0;
}

/* Which stages of a file were made, and the lines of the statements that were outlined. */
static void describe(struct pyfile *file, struct strbuf *made)
{
	if (file->has_mask)
		strbuf_addstr(made, "text ");
	if (file->has_code)
		strbuf_addstr(made, "blocks ");
	if (file->has_bindings)
		strbuf_addstr(made, "bindings ");
	if (file->reach)
		strbuf_addstr(made, "reach ");
	for (int32_t stmt = 0; file->has_code && stmt < file->blocks.nr; stmt++)
		if (outline_entry(&file->outline, stmt))
			strbuf_addf(made, "%u ", source_line(&file->source, file->blocks.stmts[stmt].start));
}

/* Adds what is found in a text, and describes what was made of it. */
static void match_text(const char *text, size_t len, struct finding_list *findings, struct strbuf *made)
{
	struct error err = { NULL };
	struct screen screen;
	struct pyfile file;

	assert_int_equal(pyfile_init(&file, xmemdupz(text, len), len, &err), 0);
	if (screen_init(&screen, matcher, NULL, file.source.bytes, file.source.len))
		assert_int_equal(match_file(&screen, worker, &file, findings, &err), 0);
	describe(&file, made);
	screen_release(&screen);
	pyfile_release(&file);
}

static void assert_makes(const char *text, size_t nr_findings, const char *expected)
{
	struct finding_list findings = { .items = NULL };
	struct strbuf made = STRBUF_INIT;

	match_text(text, strlen(text), &findings, &made);
	assert_string_equal(made.buf, expected);
	assert_int_equal(findings.nr, nr_findings);
	strbuf_release(&made);
	finding_list_release(&findings);
}

static void test_match__makes_nothing_without_a_literal(void **state)
{
	(void)state;
	assert_makes("from pathlib import Path\np = Path('x')\nopen(p)\n", 0, "");
	assert_makes("import asyncio\nasync def f(p):\n    await g(p)\n", 0, "");
	assert_makes("async def f(p):\n    p.name, opened(p)\n", 0, "");
}

static void test_match__makes_code_text_to_look_at_a_place(void **state)
{
	(void)state;
	assert_makes("async def f(p):\n    return 'open(p)'\n", 0, "text ");
	assert_makes("async def f(p):\n    pass\ndef g(p):\n    open(p)\n", 0, "text ");
	assert_makes("async def f(p):\n    p.load(p)\n", 0, "");
}

static void test_match__outlines_the_statement_of_a_call(void **state)
{
	(void)state;
	assert_makes("import os\n"
		     "x = 1\n"
		     "async def f(p):\n"
		     "    y = p\n"
		     "    os.stat(p)\n"
		     "    z = y\n", 1, "text blocks bindings 1 5 ");
	assert_makes("async def f(p):\n"
		     "    y = p\n"
		     "    open(p)\n"
		     "    z = y\n", 1, "text blocks bindings 3 ");
}

/* What a value is, is asked in the functions of the calls alone. */
static void test_match__collects_the_function_of_a_call(void **state)
{
	(void)state;
	assert_makes("async def f(p):\n"
		     "    y = p\n"
		     "    y.mkdir()\n"
		     "def g(y):\n"
		     "    y = z\n"
		     "async def h(y):\n"
		     "    y = z\n", 1, "text blocks bindings 1 2 3 ");
	assert_makes("import requests\n"
		     "s = requests.Session()\n"
		     "async def f(t):\n"
		     "    s.get(t)\n"
		     "def g(s):\n"
		     "    s = t\n"
		     "    s.put(s)\n", 1, "text blocks bindings 1 2 4 ");
}

static void test_match__follows_control_in_the_function_of_a_match(void **state)
{
	(void)state;
	assert_makes("async def f(t):\n"
		     "    await t\n"
		     "    t.cancel()\n"
		     "    await t\n"
		     "async def g(t):\n"
		     "    x = t\n"
		     "    await t\n", 1, "text blocks bindings reach 2 3 4 ");
	assert_makes("class C:\n"
		     "    def f(self):\n"
		     "        self.t.cancel()\n"
		     "    async def g(self):\n"
		     "        await self.t\n", 0, "text ");
}

/* Who looks at a task: its own function, and the coroutine that it runs. */
static void test_match__looks_for_uses_where_the_name_is_meant(void **state)
{
	(void)state;
	assert_makes("import asyncio\n"
		     "async def f():\n"
		     "    task = asyncio.create_task(g())\n"
		     "    await task\n"
		     "async def g():\n"
		     "    x = 1\n"
		     "async def h():\n"
		     "    x = 2\n", 0, "text blocks bindings 1 2 3 4 ");
}

static size_t nr_found(const struct strbuf *text)
{
	struct finding_list findings = { .items = NULL };
	struct strbuf made = STRBUF_INIT;
	size_t nr;

	match_text(text->buf, text->len, &findings, &made);
	nr = findings.nr;
	strbuf_release(&made);
	finding_list_release(&findings);
	return nr;
}

/* Names that are bound to each other have to be given up some time; one that is bound often does not. */
static void test_match__asks_every_binding_of_a_name(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_addstr(&text, "from pathlib import Path\nasync def f(x):\n");
	for (int i = 0; i < 25000; i++)
		strbuf_addf(&text, "    p = Path('%d')\n    p = p.parent\n", i);
	strbuf_addstr(&text, "    q = p\n    q.exists()\n");
	assert_int_equal(nr_found(&text), 1);
	strbuf_addstr(&text, "    p = x\n");
	assert_int_equal(nr_found(&text), 0);
	strbuf_release(&text);
}

/* Of few expressions only the statements that mention them are looked at; of many, all of the function. */
static void test_match__follows_few_expressions_as_many(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_addstr(&text, "async def f(self, t):\n");
	for (size_t i = 0; i < 30; i++) {
		strbuf_addf(&text, "    self.t%d.cancel()\n    t%d.cancel()\n    t[%d].cancel()\n", (int)i, (int)i, (int)i);
		strbuf_addf(&text, "    await self . t%d\n    await (t%d)\n    await t[%d]\n    x = t\n", (int)i, (int)i, (int)i);
		assert_int_equal(nr_found(&text), 3 * (i + 1));
	}
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match__makes_nothing_without_a_literal),
		cmocka_unit_test(test_match__makes_code_text_to_look_at_a_place),
		cmocka_unit_test(test_match__outlines_the_statement_of_a_call),
		cmocka_unit_test(test_match__collects_the_function_of_a_call),
		cmocka_unit_test(test_match__follows_control_in_the_function_of_a_match),
		cmocka_unit_test(test_match__looks_for_uses_where_the_name_is_meant),
		cmocka_unit_test(test_match__asks_every_binding_of_a_name),
		cmocka_unit_test(test_match__follows_few_expressions_as_many),
	};
	return cmocka_run_group_tests(tests, load_rules, free_rules);
}
