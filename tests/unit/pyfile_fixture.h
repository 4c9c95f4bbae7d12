/* SPDX-License-Identifier: MIT
 *
 * One file of Python for the tests of a program, parsed as far as its bindings.
 */
#ifndef ASYNCGREP_PYFILE_FIXTURE_H
#define ASYNCGREP_PYFILE_FIXTURE_H

#include "base/common.h" /* first, for what it asks of the C library */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "python/pyfile.h"

static struct pyfile file;

/* Also the teardown of each test. */
static int release(void **state)
{
	(void)state;
	pyfile_release(&file);
	return 0;
}

static void parse(const char *text)
{
	struct error err = { 0 };

	release(NULL);
	assert_int_equal(pyfile_init(&file, xstrdup(text), strlen(text), &err), 0);
	pyfile_bindings(&file);
}

#endif
