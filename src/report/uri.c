/* SPDX-License-Identifier: MIT
 *
 * Escaping, and where the pages are: the build says so (DOCS_URL of the
 * Makefile).
 */
#include "report/uri.h"

#include <unistd.h>

#include "base/program.h"
#include "rule/rule.h"

static bool is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       (byte && strchr("/-._~", byte));
}

static void add_escaped(struct strbuf *out, const char *path)
{
	for (; *path; path++)
		if (is_plain(*path))
			strbuf_addch(out, *path);
		else
			strbuf_addf(out, "%%%02X", (unsigned char)*path);
}

void uri_add_path(struct strbuf *out, const char *path)
{
	if (*path == '/')
		strbuf_addstr(out, "file://");
	add_escaped(out, path);
}

void uri_add_file(struct strbuf *out, const char *path)
{
	char host[256] = "";

	/* Without it, links in a terminal on another machine would lead to files of that one. */
	if (gethostname(host, sizeof(host) - 1) < 0)
		*host = '\0';
	strbuf_addstr(out, "file://");
	add_escaped(out, host);
	add_escaped(out, path);
}

bool uri_add_rule(struct strbuf *out, const struct rule *rule)
{
	if (rule->url) {
		strbuf_addstr(out, rule->url);
		return true;
	}
	if (!rule->builtin)
		return false;
	strbuf_addf(out, "%s/", program_docs_url);
	add_escaped(out, rule->code);
	strbuf_addstr(out, ".md");
	return true;
}
