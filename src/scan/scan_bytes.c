/* SPDX-License-Identifier: MIT
 *
 * One file: what is found in its bytes, what comments say of that, and what is
 * to be known of each finding beside.
 */
#include "scan/scan.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "python/pyfile.h"
#include "scan/fingerprint.h"
#include "scan/judge.h"
#include "scan/match.h"
#include "scan/suppress.h"

/* Bytes of `until=…` that a message shows. */
#define MAX_UNTIL 40

/* A finding that comes back because its suppression is over: whoever wrote that should not have to wonder why. */
static void say_lapsed(struct pyfile *file, const struct suppression *by, struct finding *finding)
{
	struct strbuf message = STRBUF_INIT;
	size_t len = by->until_end - by->until_start;

	strbuf_addf(&message, "%s (its suppression in line %u ", finding->message, by->line);
	strbuf_addstr(&message, by->until == DAY_MIN ? "hides nothing: `" : "is over: `");
	strbuf_add_utf8(&message, file->source.bytes + by->until_start, len < MAX_UNTIL ? len : MAX_UNTIL);
	strbuf_addstr(&message, by->until == DAY_MIN ? "` is no day; write until=YYYY-MM-DD)" : "`)");
	free(finding->message);
	finding->message = strbuf_detach(&message, NULL);
}

/* Likewise where somebody meant to suppress it. */
static void say_slip(const struct suppress_slip *slip, struct finding *finding)
{
	char *message = xasprintf("%s (the comment in line %u hides nothing; write: # asyncgrep: ignore[%s] and why)",
				  finding->message, slip->line, finding->rule->code);

	free(finding->message);
	finding->message = message;
}

/* Where suppressed findings are reported too, comments are asked all the same if they are to be judged. */
static void read_comments(struct pyfile *file, const struct ruleset *judges, const struct scan_options *options,
			  bool complete, struct finding_list *findings, struct scan_facts *facts)
{
	struct suppress suppress;

	suppress_init(&suppress, file, options->today);
	for (size_t i = 0; i < findings->nr; i++) {
		struct finding *finding = &findings->items[i];
		const struct suppress_verdict *verdict = suppress_ask(&suppress, finding->offset, finding->rule->code,
								      finding->rule->aliases, finding->rule->nr_aliases);

		finding->suppressed = verdict->hidden && !options->no_suppress;
		if (verdict->by && !verdict->hidden)
			say_lapsed(file, verdict->by, finding);
		else if (verdict->slip)
			say_slip(verdict->slip, finding);
		facts->suppressed += finding->suppressed;
	}
	if (judges)
		judge_suppressions(&suppress, judges, options->rules, complete, findings);
	suppress_days(&suppress, &facts->first_day, &facts->last_day);
	suppress_release(&suppress);
}

static void note_broken(struct pyfile *file, struct scan_facts *facts)
{
	uint32_t at = pyfile_broken_at(file);

	if (at == NO_OFFSET)
		return;
	facts->broken_line = source_line(&file->source, at);
	facts->broken_column = source_column(&file->source, at);
}

bool scan_needs_identity(const struct scan_options *options)
{
	return options->fingerprints || options->since || options->baseline;
}

int scan_bytes(const struct matcher *matcher, struct regex_worker *worker, const struct scan_options *options,
	       char *bytes, size_t len, struct finding_list *findings, struct scan_facts *facts, struct error *err)
{
	struct screen screen = { .found = NULL };
	const struct ruleset *judges = NULL;
	struct pyfile file;
	int result = pyfile_init(&file, bytes, len, err);

	*facts = (struct scan_facts){ .first_day = DAY_MIN, .last_day = DAY_MAX };
	if (!result && matcher_judges(matcher) && judge_may_find(file.source.bytes, file.source.len))
		judges = matcher_rules(matcher);
	if (!result && (screen_init(&screen, matcher, options->rules, file.source.bytes, file.source.len) || judges)) {
		result = match_file(&screen, worker, &file, findings, err);
		if (judges)
			pyfile_code(&file); /* or nobody could tell whether it is broken */
		note_broken(&file, facts);
		if (judges || (findings->nr && !options->no_suppress))
			read_comments(&file, judges, options, !result && !facts->broken_line, findings, facts);
		if (!options->keep_suppressed)
			finding_drop_suppressed(findings);
		if (scan_needs_identity(options))
			fingerprint_fill(&file, findings);
		if (findings->nr && options->surroundings.wanted)
			surroundings_fill(&file, &options->surroundings, findings);
	}
	screen_release(&screen);
	pyfile_release(&file);
	return result;
}
