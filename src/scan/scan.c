/* SPDX-License-Identifier: MIT
 *
 * A pool of threads takes file after file; results wait until all before them
 * have been handed over, at most WINDOW of them, so that memory stays bounded
 * when one file is slow.
 */
#include "scan/scan.h"

#include <pthread.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/strbuf.h"
#include "python/pyfile.h"
#include "rule/regex.h"
#include "scan/baseline.h"
#include "scan/fingerprint.h"
#include "scan/judge.h"
#include "scan/match.h"
#include "scan/path_rules.h"
#include "scan/since.h"
#include "scan/suppress.h"

#define MAX_JOBS 256
#define WINDOW 1024
/* Bytes of `until=…` that a message shows. */
#define MAX_UNTIL 40

struct result {
	struct finding_list findings;
	char *remark; /* owned; for who wants to know of each file what became of it; NULL: nothing */
	bool done;
	bool complete; /* the file was scanned to its end */
};

struct pool {
	struct target *target;
	const struct matcher *matcher;
	const struct scan_options *options;
	scan_file_fn each;
	void *data;
	struct scan_counts *counts;

	pthread_mutex_t lock;     /* guards all below */
	pthread_cond_t moved;     /* `reported` has grown */
	size_t next;              /* entry to be taken */
	size_t reported;          /* entries handed over */
	struct result *results;   /* ring of WINDOW */
	bool reporting;           /* a thread is handing over */
	bool stopped;             /* nothing more is wanted */
};

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
		if (options->fingerprints || options->since || options->baseline)
			fingerprint_fill(&file, findings);
		if (findings->nr && options->surroundings.wanted)
			surroundings_fill(&file, &options->surroundings, findings);
	}
	screen_release(&screen);
	pyfile_release(&file);
	return result;
}

/* What one file adds to the counts. */
struct outcome {
	bool scanned, failed, skipped;
	enum target_skip skip;
	struct scan_facts facts;
};

/* As scan_bytes; of an entry, whose findings are compared with those of its older version. */
static int scan_and_compare(struct pool *pool, struct regex_worker *worker, size_t entry,
			    const struct scan_options *options, char *bytes, size_t len,
			    struct finding_list *findings, struct outcome *outcome, struct error *err)
{
	char *copy = options->since ? xmemdupz(bytes, len) : NULL;
	int result = scan_bytes(pool->matcher, worker, options, bytes, len, findings, &outcome->facts, err);

	if (options->since && since_mark(options->since, entry, (struct text){ copy, len }, pool->matcher, worker,
					 options, findings, err) < 0)
		result = -1;
	free(copy);
	return result;
}

/* The older version is held against the rules of the newer one's path, or its findings would be new after a move. */
static int scan_with_rules(struct pool *pool, struct regex_worker *worker, size_t entry, char *bytes, size_t len,
			   struct finding_list *findings, struct outcome *outcome, struct error *err)
{
	struct scan_options options = *pool->options;
	bool *rules = NULL;
	int result;

	if (options.path_rules) {
		options.rules = rules = xcalloc(matcher_rules(pool->matcher)->nr, sizeof(*rules));
		path_rules_fill(options.path_rules, target_full_path(pool->target, entry), rules);
	}
	result = scan_and_compare(pool, worker, entry, &options, bytes, len, findings, outcome, err);
	free(rules);
	return result;
}

static void scan_entry(struct pool *pool, struct regex_worker *worker, size_t entry, struct result *result,
		       struct outcome *outcome)
{
	struct error err = { NULL };
	char *bytes;
	size_t len;
	int found = target_read(pool->target, entry, &bytes, &len, &outcome->skip, &err);

	if (found > 0) {
		outcome->skipped = true;
		return;
	}
	if (!found) {
		outcome->scanned = true;
		found = scan_with_rules(pool, worker, entry, bytes, len, &result->findings, outcome, &err);
		if (found < 0)
			error_prefix(&err, "%s", pool->target->entries[entry].path);
	}
	if (found < 0) {
		outcome->failed = true;
		complain_error(&err);
	}
}

static void count(struct scan_counts *counts, const struct outcome *outcome)
{
	counts->scanned += outcome->scanned;
	counts->failed += outcome->failed;
	counts->broken += outcome->facts.broken_line > 0;
	counts->suppressed += outcome->facts.suppressed;
	if (outcome->skipped)
		counts->skipped[outcome->skip]++;
}

/* What -v says of a file: "PATH: …", or "PATH:LINE:COLUMN: …", where editors jump to. */
static char *remark_on(const char *path, const struct outcome *outcome)
{
	const struct scan_facts *facts = &outcome->facts;

	if (outcome->skipped)
		return xasprintf("%s: %s", path, target_skip_names[outcome->skip]);
	if (!facts->broken_line)
		return NULL;
	return xasprintf("%s:%u:%u: not Python here; scanned as far as it is understood", path,
			 facts->broken_line, facts->broken_column);
}

/* Takes out what is not new, whatever says so: formats never see it. Called with the lock held, in path order. */
static void drop_old(struct pool *pool, size_t entry, bool complete, struct finding_list *findings)
{
	if (pool->options->baseline)
		baseline_mark(pool->options->baseline, target_full_path(pool->target, entry), complete, findings);
	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->items[i];

		pool->counts->known += finding->known;
		pool->counts->untouched += !finding->known && !finding->suppressed && finding->untouched;
	}
	finding_drop_old(findings);
}

/* Hands over what is done, in order. Called with the lock held; gives it up while reporting. */
static void hand_over(struct pool *pool)
{
	struct result *result = &pool->results[pool->reported % WINDOW];

	if (pool->reporting)
		return;
	pool->reporting = true;
	while (!pool->stopped && pool->reported < pool->next && result->done) {
		struct finding_list findings = result->findings;
		const char *path = pool->target->entries[pool->reported].path;
		bool complete = result->complete;

		if (result->remark) {
			if (pool->options->progress)
				progress_hide(pool->options->progress);
			note("%s", result->remark);
		}
		free(result->remark);
		memset(result, 0, sizeof(*result));
		drop_old(pool, pool->reported, complete, &findings);
		if (findings.nr || (pool->options->every_file && complete)) {
			pthread_mutex_unlock(&pool->lock);
			pool->each(pool->data, pool->reported, path, &findings);
			pthread_mutex_lock(&pool->lock);
			pool->stopped = pool->options->enough && *pool->options->enough;
		}
		finding_list_release(&findings); /* an empty one too: all in it may have been suppressed */
		pool->reported++;
		if (pool->options->progress)
			progress_set(pool->options->progress, pool->reported);
		result = &pool->results[pool->reported % WINDOW];
	}
	pool->reporting = false;
	pthread_cond_broadcast(&pool->moved);
}

static void *work(void *data)
{
	struct pool *pool = data;
	struct regex_worker *worker = regex_worker_new();

	pthread_mutex_lock(&pool->lock);
	for (;;) {
		struct result result = { .done = true };
		struct outcome outcome = { .skip = SKIP_NOT_PYTHON };
		size_t entry;

		while (!pool->stopped && pool->next < pool->target->nr && pool->next >= pool->reported + WINDOW)
			pthread_cond_wait(&pool->moved, &pool->lock);
		if (pool->stopped || pool->next >= pool->target->nr || interrupted())
			break;
		entry = pool->next++;
		pthread_mutex_unlock(&pool->lock);
		scan_entry(pool, worker, entry, &result, &outcome);
		result.complete = outcome.scanned && !outcome.failed;
		if (pool->options->verbose)
			result.remark = remark_on(pool->target->entries[entry].path, &outcome);
		pthread_mutex_lock(&pool->lock);
		count(pool->counts, &outcome);
		pool->results[entry % WINDOW] = result;
		if (entry == pool->reported)
			hand_over(pool);
	}
	pthread_mutex_unlock(&pool->lock);
	regex_worker_free(worker);
	return NULL;
}

static unsigned number_of_threads(const struct scan_options *options, size_t files)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t jobs = options->jobs ? options->jobs : (size_t)(processors > 0 ? processors : 1);

	if (jobs > files)
		jobs = files;
	return (unsigned)(jobs > MAX_JOBS ? MAX_JOBS : jobs);
}

void scan_target(struct target *target, const struct matcher *matcher, const struct scan_options *options,
		 scan_file_fn each, void *data, struct scan_counts *counts)
{
	struct pool pool = { .target = target, .matcher = matcher, .options = options, .each = each, .data = data,
			     .counts = counts, .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER };
	unsigned jobs = number_of_threads(options, target->nr), started = 0;
	pthread_t threads[MAX_JOBS];

	pool.results = xcalloc(WINDOW, sizeof(*pool.results));
	/* This thread is one of them; where no more can be had, it does the work of all. */
	while (started + 1 < jobs && !pthread_create(&threads[started], NULL, work, &pool))
		started++;
	work(&pool);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < SKIP_NR; i++)
		counts->skipped[i] += target->skipped[i];
	counts->done = pool.reported;
	/* What nobody wanted any more. */
	for (size_t i = 0; i < WINDOW; i++) {
		finding_list_release(&pool.results[i].findings);
		free(pool.results[i].remark);
	}
	free(pool.results);
}
