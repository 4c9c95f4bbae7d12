/* SPDX-License-Identifier: MIT
 *
 * Error messages, and the "something went wrong" flag.
 */
#include "base/error.h"

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/strbuf.h"

static atomic_bool complained;

static char *format(const char *fmt, va_list args)
{
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		BUG("cannot format '%s'", fmt);
	return text;
}

int error_set(struct error *err, const char *fmt, ...)
{
	va_list args;

	if (err->message)
		return -1;
	va_start(args, fmt);
	err->message = format(fmt, args);
	va_end(args);
	return -1;
}

int error_prefix(struct error *err, const char *fmt, ...)
{
	char *old = err->message, *where;
	va_list args;

	if (!old)
		BUG("error_prefix without an error");
	va_start(args, fmt);
	where = format(fmt, args);
	va_end(args);
	err->message = xasprintf("%s: %s", where, old);
	free(where);
	free(old);
	return -1;
}

void error_release(struct error *err)
{
	free(err->message);
	err->message = NULL;
}

static void say(const char *fmt, va_list args)
{
	struct strbuf line = STRBUF_INIT;
	char *message = format(fmt, args);

	strbuf_addstr(&line, "asyncgrep: ");
	strbuf_add_visible(&line, message, strlen(message));
	strbuf_addch(&line, '\n');
	fwrite(line.buf, 1, line.len, stderr);
	strbuf_release(&line);
	free(message);
}

void complain(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
	atomic_store(&complained, true);
}

void complain_error(struct error *err)
{
	complain("%s", err->message ? err->message : "unknown error");
	error_release(err);
}

void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
}

bool has_complained(void)
{
	return atomic_load(&complained);
}

void complaints_forgive(void)
{
	atomic_store(&complained, false);
}
