/* SPDX-License-Identifier: MIT */
#include "pyfile_fixture.h"

static void parse_whole(const char *text)
{
	parse(text);
	for (int32_t i = 0; i < file.blocks.nr; i++)
		outline_stmt(&file.outline, i);
}

/* Is a node, by its text, `T.cancel()`? */
static int32_t cancelled(int32_t call)
{
	const struct node *nodes = file.outline.nodes;
	int32_t callee = nodes[call].child;

	if (nodes[call].kind != NODE_CALL || nodes[callee].kind != NODE_ATTRIBUTE ||
	    !text_equal(outline_name(&file.outline, callee), TEXT("cancel")))
		return NO_NODE;
	return nodes[callee].child;
}

static bool is_marked(const struct reach_sink *sink)
{
	int32_t stmt = sink->node == NO_NODE ? sink->loop : file.outline.nodes[sink->node].stmt;
	uint32_t line = source_line(&file.source, file.blocks.stmts[stmt].start);
	struct text text = source_line_text(&file.source, line);

	return memmem(text.ptr, text.len, "# reached", strlen("# reached")) != NULL;
}

/*
 * From every `T.cancel()` (all of one T) in the def that is the first statement: reached are
 * the awaits, and the loops with `all` as iterable, in lines that say `# reached`, and no others.
 */
static void assert_reached(const char *text)
{
	struct reach_sink sinks[50];
	int32_t starts[50];
	struct reach_query query = { .body = 0, .starts = starts, .sinks = sinks, .keep = NO_NODE };
	const struct node *nodes;

	parse_whole(text);
	nodes = file.outline.nodes;
	for (int32_t i = 0; i < file.outline.nr; i++) {
		if (cancelled(i) != NO_NODE) {
			query.keep = cancelled(i);
			starts[query.nr_starts++] = i;
		}
		if (nodes[i].kind == NODE_AWAIT)
			sinks[query.nr_sinks++] = (struct reach_sink){ i, NO_STMT, false };
		if (nodes[i].slot == SLOT_ITER && text_equal(outline_name(&file.outline, i), TEXT("all")))
			sinks[query.nr_sinks++] = (struct reach_sink){ NO_NODE, nodes[i].stmt, false };
	}
	assert_int_not_equal(query.nr_starts, 0);
	assert_int_not_equal(query.nr_sinks, 0);
	reach_run(pyfile_reach(&file), &query);
	for (size_t i = 0; i < query.nr_sinks; i++) {
		if (query.sinks[i].reached == is_marked(&query.sinks[i]))
			continue;
		print_message("sink %zu of:\n%s", i, text);
		assert_int_equal(query.sinks[i].reached, is_marked(&query.sinks[i]));
	}
}

static void test_reach__goes_forward(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    await t\n"
		       "    t.cancel()\n"
		       "    await t  # reached\n"
		       "    if x:\n"
		       "        await t  # reached\n"
		       "    while x:\n"
		       "        await t  # reached\n");
}

static void test_reach__orders_expressions_by_place(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    g(await t, t.cancel())\n"
		       "    g(await t)  # reached\n");
	assert_reached("async def f():\n"
		       "    if t.cancel(): await t  # reached\n");
	assert_reached("async def f():\n"
		       "    g(t.cancel(), t := 1, await t)\n");
}

static void test_reach__leaves_deferred_code_out(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    lambda: t.cancel()\n"
		       "    async def g():\n"
		       "        t.cancel()\n"
		       "        await t\n"
		       "    await t\n");
	assert_reached("async def f():\n"
		       "    class C:\n"
		       "        t.cancel()\n"
		       "        await t  # reached\n"
		       "    await t  # reached\n");
}

static void test_reach__ends_at_reassignment(void **state)
{
	static const char *const statements[] = {
		"t = 1", "t.x = 1; t = 2", "a, (b, *t) = c", "t: int = 1", "t += 1", "del t", "import t", "from m import t",
		"import m as t", "import t.b", "def t(): pass", "class t: pass", "g(t := 1)", "with m as t: pass\n    x",
		"t = t.x",
	};
	static const char *const others[] = {
		"t.x = 1", "t[0] = 1", "t: int", "type t = int", "[t for t in x]", "lambda: (t := 1)", "x[t] = 1", "import b.t",
		"for t in x: pass", "if x: t = 1", "g(t=1)",
	};
	char *text;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(statements); i++) {
		text = xasprintf("async def f():\n    t.cancel()\n    %s\n    await t\n", statements[i]);
		assert_reached(text);
		free(text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		text = xasprintf("async def f():\n    t.cancel()\n    %s\n    await t  # reached\n", others[i]);
		assert_reached(text);
		free(text);
	}
}

/* A class binds its name when its body has run. */
static void test_reach__reassigns_behind_a_class_body(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    class t:\n"
		       "        t.cancel()\n"
		       "        await t  # reached\n"
		       "    await t\n");
}

static void test_reach__steps_over_what_has_no_events(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    try: pass\n"
		       "    finally: return\n"
		       "    await t\n");
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    while x:\n"
		       "        if y: return\n"
		       "        else: break\n"
		       "    else: return\n"
		       "    await t  # reached\n");
	assert_reached("async def f():\n"
		       "    while x:\n"
		       "        t.cancel()\n"
		       "        with y:\n"
		       "            if z: break\n"
		       "        return\n"
		       "    else: return\n"
		       "    await t  # reached\n");
}

static void test_reach__keeps_every_part(void **state)
{
	static const char *const kills[] = { "self = 1", "self.x = 1", "self . x [ k ] = 1", "k = 1" };
	static const char *const others[] = { "x = 1", "self.y = 1", "self.x[j] = 1", "other.x = 1", "self.x[k].y = 1" };
	char *text;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kills); i++) {
		text = xasprintf("async def f():\n    self.x[k].cancel()\n    %s\n    await t\n", kills[i]);
		assert_reached(text);
		free(text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		text = xasprintf("async def f():\n    self.x[k].cancel()\n    %s\n    await t  # reached\n", others[i]);
		assert_reached(text);
		free(text);
	}
}

static void test_reach__takes_one_branch(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    if x:\n"
		       "        t.cancel()\n"
		       "    elif y:\n"
		       "        await t\n"
		       "    else:\n"
		       "        await t\n"
		       "    await t  # reached\n");
	assert_reached("async def f():\n"
		       "    match x:\n"
		       "        case 1: t.cancel()\n"
		       "        case 2: await t\n"
		       "    await t  # reached\n");
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    if x: return\n"
		       "    else: raise\n"
		       "    await t\n");
}

static void test_reach__knows_cases_that_always_fit(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    match x:\n"
		       "        case 1: return\n"
		       "        case (_): return\n"
		       "    await t\n");
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    match x:\n"
		       "        case None: return\n"
		       "        case _ if y: return\n"
		       "    await t  # reached\n");
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    match x:\n"
		       "        case [t]: await t\n"
		       "        case {'a': b}: await t  # reached\n");
}

static void test_reach__follows_loops_forward(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    for x in y:\n"
		       "        await t\n"
		       "        if x:\n"
		       "            t.cancel()\n"
		       "            break\n"
		       "        await t\n"
		       "    else:\n"
		       "        await t\n"
		       "    await t  # reached\n");
	assert_reached("async def f():\n"
		       "    while x:\n"
		       "        t.cancel()\n"
		       "        continue\n"
		       "        await t\n"
		       "    else:\n"
		       "        await t  # reached\n");
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    for t in x:\n"
		       "        await t\n"
		       "    await t  # reached\n");
}

static void test_reach__enters_loops(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    for t in all: t.cancel()\n"
		       "    for t in all: pass  # reached\n"
		       "    return\n"
		       "    for u in all: pass\n");
}

static void test_reach__goes_to_else_and_finally_of_a_try(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    try:\n"
		       "        t.cancel()\n"
		       "    except x:\n"
		       "        await t\n"
		       "    else:\n"
		       "        await t  # reached\n"
		       "    finally:\n"
		       "        await t  # reached\n");
	assert_reached("async def f():\n"
		       "    t.cancel()\n"
		       "    try:\n"
		       "        t = 1\n"
		       "    except x:\n"
		       "        await t  # reached\n"
		       "    else:\n"
		       "        await t\n"
		       "    finally:\n"
		       "        await t  # reached\n");
	assert_reached("async def f():\n"
		       "    try: pass\n"
		       "    except x:\n"
		       "        t.cancel()\n"
		       "    except y as t:\n"
		       "        await t\n"
		       "    finally:\n"
		       "        await t  # reached\n");
}

static void test_reach__jumps_through_finally(void **state)
{
	(void)state;
	assert_reached("async def f():\n"
		       "    while x:\n"
		       "        try:\n"
		       "            if y:\n"
		       "                t.cancel()\n"
		       "                return\n"
		       "        finally:\n"
		       "            await t  # reached\n"
		       "        await t\n"
		       "    await t\n");
	assert_reached("async def f():\n"
		       "    while x:\n"
		       "        try:\n"
		       "            if y:\n"
		       "                t.cancel()\n"
		       "                break\n"
		       "        finally:\n"
		       "            try: await t  # reached\n"
		       "            finally: await t  # reached\n"
		       "        await t\n"
		       "    else:\n"
		       "        await t\n"
		       "    await t  # reached\n");
	assert_reached("async def f():\n"
		       "    for x in y:\n"
		       "        try:\n"
		       "            t.cancel()\n"
		       "            return\n"
		       "        finally:\n"
		       "            break\n"
		       "    await t  # reached\n");
}

/* A `finally` nested in others is walked once each, not twice for each around it. */
static void test_reach__is_linear_in_nested_finally(void **state)
{
	char *text = xstrdup("async def f():\n t.cancel()\n"), *longer;

	(void)state;
	for (int depth = 1; depth < 60; depth++) {
		longer = xasprintf("%s%*stry:\n%*s t = 1\n%*sfinally:\n", text, depth, "", depth, "", depth, "");
		free(text);
		text = longer;
	}
	longer = xasprintf("%s%*sawait t  # reached\n", text, 61, "");
	assert_reached(longer);
	free(text);
	free(longer);
}

static void test_reach__answers_for_the_body_of_a_loop(void **state)
{
	struct reach_sink sinks[3];
	struct reach_query query = { .body = 1, .live = true, .sinks = sinks };
	size_t nr = 0;

	(void)state;
	parse_whole("async def f():\n"
	      "    for t in x:\n"
	      "        await t\n"
	      "        t = 1\n"
	      "        await t\n"
	      "    else:\n"
	      "        await t\n");
	for (int32_t i = 0; i < file.outline.nr; i++) {
		if (file.outline.nodes[i].kind == NODE_AWAIT)
			sinks[nr++] = (struct reach_sink){ i, NO_STMT, false };
	}
	assert_int_equal(nr, 3);
	query.nr_sinks = nr;
	query.keep = outline_entry(&file.outline, 1)->root;
	reach_run(pyfile_reach(&file), &query);
	assert_true(sinks[0].reached);
	assert_false(sinks[1].reached);
	assert_false(sinks[2].reached);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_reach__goes_forward, release),
		cmocka_unit_test_teardown(test_reach__orders_expressions_by_place, release),
		cmocka_unit_test_teardown(test_reach__leaves_deferred_code_out, release),
		cmocka_unit_test_teardown(test_reach__ends_at_reassignment, release),
		cmocka_unit_test_teardown(test_reach__reassigns_behind_a_class_body, release),
		cmocka_unit_test_teardown(test_reach__steps_over_what_has_no_events, release),
		cmocka_unit_test_teardown(test_reach__keeps_every_part, release),
		cmocka_unit_test_teardown(test_reach__takes_one_branch, release),
		cmocka_unit_test_teardown(test_reach__knows_cases_that_always_fit, release),
		cmocka_unit_test_teardown(test_reach__follows_loops_forward, release),
		cmocka_unit_test_teardown(test_reach__enters_loops, release),
		cmocka_unit_test_teardown(test_reach__goes_to_else_and_finally_of_a_try, release),
		cmocka_unit_test_teardown(test_reach__jumps_through_finally, release),
		cmocka_unit_test_teardown(test_reach__is_linear_in_nested_finally, release),
		cmocka_unit_test_teardown(test_reach__answers_for_the_body_of_a_loop, release),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
