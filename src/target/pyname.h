/* SPDX-License-Identifier: MIT
 *
 * Is a file Python? By its name, and where the name does not tell, by its
 * first line.
 */
#ifndef ASYNCGREP_PYNAME_H
#define ASYNCGREP_PYNAME_H

#include "base/common.h"

enum pyname {
	PYNAME_NO,
	PYNAME_YES,   /* *.py, *.pyw */
	PYNAME_MAYBE, /* the first line tells: executable, or no dot in the last part of the path */
};

enum pyname pyname_of(const char *path, bool executable);

/* So many bytes of a file hold its first line, as far as it matters. */
#define SHEBANG_MAX 512

/*
 * Do these first bytes begin with a line that hands the file to Python? The
 * interpreter's name begins with `python` or `pypy`, also behind env, its
 * options and its assignments, or behind a launcher (`uv run`, `poetry run python`).
 */
bool shebang_is_python(const char *bytes, size_t len);

#endif
