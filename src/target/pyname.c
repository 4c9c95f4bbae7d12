/* SPDX-License-Identifier: MIT
 *
 * Suffixes and shebang lines.
 */
#include "target/pyname.h"

static bool ends_in(const char *name, size_t len, struct text suffix)
{
	return len > suffix.len && memcmp(name + len - suffix.len, suffix.ptr, suffix.len) == 0;
}

enum pyname pyname_of(const char *path, bool executable)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t len = strlen(name);

	if (ends_in(name, len, TEXT(".py")) || ends_in(name, len, TEXT(".pyw")))
		return PYNAME_YES;
	return executable || !memchr(name, '.', len) ? PYNAME_MAYBE : PYNAME_NO;
}

/* Cuts the next word off the line; empty at the end. */
static struct text next_word(struct text *line)
{
	struct text word;

	while (line->len && (*line->ptr == ' ' || *line->ptr == '\t')) {
		line->ptr++;
		line->len--;
	}
	word = (struct text){ line->ptr, 0 };
	while (word.len < line->len && word.ptr[word.len] != ' ' && word.ptr[word.len] != '\t')
		word.len++;
	line->ptr += word.len;
	line->len -= word.len;
	return word;
}

static struct text last_part(struct text word)
{
	const char *slash = word.len ? memrchr(word.ptr, '/', word.len) : NULL;

	if (slash) {
		word.len -= (size_t)(slash + 1 - word.ptr);
		word.ptr = slash + 1;
	}
	return word;
}

static bool starts_with(struct text word, struct text start)
{
	return word.len >= start.len && memcmp(word.ptr, start.ptr, start.len) == 0;
}

static bool is_interpreter(struct text word)
{
	return starts_with(word, TEXT("python")) || starts_with(word, TEXT("pypy"));
}

/* The command that env runs: behind its options and NAME=VALUE. */
static struct text command_of_env(struct text *line)
{
	struct text word = next_word(line);

	while (word.len) {
		if (text_equal(word, TEXT("-u")) || text_equal(word, TEXT("-C"))) {
			next_word(line);
		} else if (starts_with(word, TEXT("-S")) && word.len > 2) {
			return (struct text){ word.ptr + 2, word.len - 2 };
		} else if (*word.ptr != '-' && !memchr(word.ptr, '=', word.len)) {
			break;
		}
		word = next_word(line);
	}
	return word;
}

bool shebang_is_python(const char *bytes, size_t len)
{
	struct text line = { bytes, len }, word;
	const char *end;

	if (len < 2 || bytes[0] != '#' || bytes[1] != '!')
		return false;
	end = memchr(bytes, '\n', len);
	if (end)
		line.len = (size_t)(end - bytes);
	if (line.ptr[line.len - 1] == '\r')
		line.len--;
	line.ptr += 2;
	line.len -= 2;
	word = last_part(next_word(&line));
	if (text_equal(word, TEXT("env")))
		word = last_part(command_of_env(&line));
	if (is_interpreter(word))
		return true;
	if (!text_equal(next_word(&line), TEXT("run")))
		return false;
	if (text_equal(word, TEXT("uv")))
		return true;
	while ((word = next_word(&line)).len)
		if (is_interpreter(last_part(word)))
			return true;
	return false;
}
