/* SPDX-License-Identifier: MIT
 *
 * A line a file: its path, and of a count the number of its findings.
 */
#include "report/listing.h"

#include "report/path.h"
#include "scan/finding.h"

static size_t count_of(const struct finding_list *findings)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->nr; i++)
		count += !findings->items[i].suppressed;
	return count;
}

static void with_file(struct report *report, const char *path, const struct finding_list *findings)
{
	if (count_of(findings))
		report_add_path(report, path, "\n");
}

static void without_file(struct report *report, const char *path, const struct finding_list *findings)
{
	if (!count_of(findings))
		report_add_path(report, path, "\n");
}

static void count_file(struct report *report, const char *path, const struct finding_list *findings)
{
	size_t count = count_of(findings);

	if (!count)
		return;
	report_add_path(report, path, ":");
	strbuf_addf(&report->text, "%zu\n", count);
}

const struct report_format listing_with = { .name = "list of files", .file = with_file, .nul = true };
const struct report_format listing_without = { .name = "list of files", .file = without_file, .nul = true };
const struct report_format listing_count = { .name = "list of files", .file = count_file, .nul = true };
