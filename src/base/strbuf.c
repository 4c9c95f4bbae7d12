/* SPDX-License-Identifier: MIT
 *
 * Growing bytes.
 */
#include "base/strbuf.h"

#include "base/alloc.h"
#include "base/utf8.h"

char strbuf_empty[1]; /* shared by all empty buffers, never written to */

void strbuf_init(struct strbuf *sb)
{
	sb->buf = strbuf_empty;
	sb->len = sb->alloc = 0;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->alloc)
		free(sb->buf);
	strbuf_init(sb);
}

void strbuf_setlen(struct strbuf *sb, size_t len)
{
	if (len > sb->len)
		BUG("strbuf_setlen beyond the end");
	sb->len = len;
	if (sb->alloc)
		sb->buf[len] = '\0';
}

void strbuf_grow(struct strbuf *sb, size_t extra)
{
	char *old = sb->alloc ? sb->buf : NULL;

	if (extra > SIZE_MAX - sb->len - 1)
		BUG("strbuf_grow by %zu bytes", extra);
	ARRAY_GROW(old, sb->len + extra + 1, sb->alloc);
	sb->buf = old;
	sb->buf[sb->len] = '\0';
}

void strbuf_add(struct strbuf *sb, const void *data, size_t len)
{
	strbuf_grow(sb, len);
	if (len)
		memcpy(sb->buf + sb->len, data, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void strbuf_addstr(struct strbuf *sb, const char *text)
{
	strbuf_add(sb, text, strlen(text));
}

void strbuf_addch(struct strbuf *sb, int ch)
{
	char byte = (char)ch;

	strbuf_add(sb, &byte, 1);
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list args, again;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		BUG("vsnprintf failed on '%s'", fmt);
	strbuf_grow(sb, (size_t)len);
	vsnprintf(sb->buf + sb->len, (size_t)len + 1, fmt, again);
	va_end(again);
	sb->len += (size_t)len;
}

/* C0, DEL, and C1 (U+0080 to U+009F), which some terminals obey too. */
static bool is_control(const char *data, size_t len)
{
	unsigned char first = (unsigned char)data[0];

	if (len == 1)
		return (first < 0x20 && first != '\t') || first == 0x7F;
	return len == 2 && first == 0xC2 && (unsigned char)data[1] < 0xA0;
}

static void add_escaped(struct strbuf *sb, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		strbuf_addf(sb, "\\x%02X", (unsigned char)data[i]);
}

/* How many bytes are ASCII that is shown as it is. */
static size_t plain_run(const char *data, size_t len)
{
	size_t run = 0;

	while (run < len && data[run] >= ' ' && data[run] <= '~')
		run++;
	return run;
}

void strbuf_add_visible(struct strbuf *sb, const char *data, size_t len)
{
	size_t step;

	for (size_t i = 0; i < len; i += step) {
		step = plain_run(data + i, len - i);
		if (!step) {
			step = utf8_sequence(data + i, len - i);
			if (!step || is_control(data + i, step)) {
				step = step ? step : 1;
				add_escaped(sb, data + i, step);
				continue;
			}
		}
		strbuf_add(sb, data + i, step);
	}
}

bool strbuf_add_utf8(struct strbuf *sb, const char *data, size_t len)
{
	bool invalid = false;
	size_t step;

	for (size_t i = 0; i < len; i += step ? step : 1) {
		step = plain_run(data + i, len - i);
		if (!step)
			step = utf8_sequence(data + i, len - i);
		if (step) {
			strbuf_add(sb, data + i, step);
		} else {
			strbuf_addstr(sb, "\xEF\xBF\xBD");
			invalid = true;
		}
	}
	return invalid;
}

char *strbuf_detach(struct strbuf *sb, size_t *len)
{
	char *bytes;

	strbuf_grow(sb, 0);
	bytes = sb->buf;
	if (len)
		*len = sb->len;
	strbuf_init(sb);
	return bytes;
}
