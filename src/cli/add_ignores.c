/* SPDX-License-Identifier: MIT
 *
 * Files are read again, as the scan has kept only what a report needs.
 */
#include "cli/add_ignores.h"

#include "base/alloc.h"
#include "base/day.h"
#include "base/replace_file.h"
#include "rule/rule.h"
#include "scan/ignores.h"

static void print_edits(const char *path, const struct ignores *ignores)
{
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < ignores->nr; i++) {
		strbuf_add_visible(&out, path, strlen(path));
		strbuf_addf(&out, ":%u: ignore[%s]\n", ignores->items[i].line, ignores->items[i].codes.buf);
	}
	fwrite(out.buf, 1, out.len, stdout);
	strbuf_release(&out);
}

int add_ignores_check(const struct options *options, int32_t today, struct error *err)
{
	int32_t until;

	if (options->until && day_parse(options->until, strlen(options->until), &until) && until < today)
		return error_set(err, "'--until %s': that day is over, and the comments would hide nothing", options->until);
	return 0;
}

static int write_ignores(const struct add_ignores *add, size_t entry, const char *path,
			 const struct finding_list *findings, struct error *err)
{
	struct ignores_options how = { .reason = add->options->reason, .until = add->options->until,
				       .until_day = DAY_MAX, .today = add->today };
	struct ignores ignores;
	enum target_skip skip;
	char *raw = NULL;
	size_t len = 0;
	int result = target_read(add->target, entry, &raw, &len, &skip, err);

	if (result)
		return result < 0 ? -1 : error_set(err, "%s: it is gone", path);
	if (how.until)
		day_parse(how.until, strlen(how.until), &how.until_day);
	result = ignores_make(&ignores, (struct text){ raw, len }, findings, &how, err);
	if (result)
		error_prefix(err, "%s: nothing is added", path);
	else if (ignores.nr)
		result = replace_file(path, ignores.bytes.buf, ignores.bytes.len, err);
	if (!result && !add->options->quiet)
		print_edits(path, &ignores);
	ignores_release(&ignores);
	free(raw);
	return result;
}

void add_ignores_take_file(void *data, size_t entry, const char *path, struct finding_list *findings)
{
	struct add_ignores *add = data;
	struct error err = { NULL };

	progress_hide(&add->output->progress);
	if (write_ignores(add, entry, path, findings, &err) < 0)
		complain_error(&err);
	else
		for (size_t i = 0; i < findings->nr; i++)
			findings->items[i].suppressed |= !findings->items[i].rule->suppressions;
	finding_drop_suppressed(findings);
	if (findings->nr)
		output_take_file(add->output, entry, path, findings);
}
