/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "target/pyname.h"

static void test_pyname__suffixes(void **state)
{
	(void)state;
	assert_int_equal(pyname_of("a.py", false), PYNAME_YES);
	assert_int_equal(pyname_of("sub.d/a.pyw", false), PYNAME_YES);
	assert_int_equal(pyname_of("a.pyi", false), PYNAME_NO);
	assert_int_equal(pyname_of("a.PY", false), PYNAME_NO);
	assert_int_equal(pyname_of("a.sh", true), PYNAME_MAYBE);
	assert_int_equal(pyname_of("sub.py/tool", false), PYNAME_MAYBE);
	assert_int_equal(pyname_of(".py", false), PYNAME_NO);
	assert_int_equal(pyname_of(".bashrc", false), PYNAME_NO);
}

static bool is_python(const char *line)
{
	return shebang_is_python(line, strlen(line));
}

static void test_pyname__shebangs(void **state)
{
	static const char *const yes[] = {
		"#!/usr/bin/python", "#!/usr/bin/python3\n", "#!/usr/bin/python3.13 -u\nx", "#! /usr/bin/env python3\r\n",
		"#!python", "#!/usr/bin/env\tpython", "#!/usr/bin/env -S python3 -u", "#!/usr/bin/env -Spython3 -u",
		"#!/usr/bin/env -i A=1 B=2 python", "#!/usr/bin/env -u HOME /opt/python3", "#!/usr/bin/pypy3",
		"#!/usr/bin/env -S uv run --script", "#!/usr/bin/env -S poetry run python", "#!/opt/x/bin/python3-dbg",
	};
	static const char *const no[] = {
		"", "#", "#!", "#!\n/usr/bin/python", "# !/usr/bin/python", "#!/bin/sh", "#!/bin/sh python", "#!/usr/bin/env bash",
		"#!/usr/bin/env", "#!/usr/bin/env -S", "#!/usr/bin/env -u python", "#!/opt/python/bin/ruby", "\xEF\xBB\xBF#!/usr/bin/python",
		"#!/usr/bin/env -S uv pip", "#!/usr/bin/env -S npm run build", "x#!/usr/bin/python",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		if (!is_python(yes[i]))
			fail_msg("not Python: %s", yes[i]);
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		if (is_python(no[i]))
			fail_msg("Python: %s", no[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pyname__suffixes),
		cmocka_unit_test(test_pyname__shebangs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
