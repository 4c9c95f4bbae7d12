/* SPDX-License-Identifier: MIT
 *
 * A pool of threads takes file after file; results wait until all before them
 * have been handed over, at most WINDOW of them, so that memory stays bounded
 * when one file is slow. One of the threads hands over, the one that asked for
 * the scan: the others neither say anything nor call anybody who does.
 */
#include "scan/scan.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/threads.h"
#include "rule/regex.h"
#include "scan/baseline.h"
#include "scan/path_rules.h"
#include "scan/recall.h"
#include "scan/since.h"

#define WINDOW 1024
/* A thread takes so many neighbours at once: they share a folder, which it opens once then, and one turn at the lock. */
#define NEIGHBOURS 8

struct result {
	struct finding_list findings;
	char *remark; /* owned; for who wants to know of each file what became of it; NULL: nothing */
	struct error trouble; /* what went wrong, if it failed */
	bool failed;
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

	pthread_t reporter;       /* the one that hands over */

	pthread_mutex_t lock;     /* guards all below */
	pthread_cond_t moved;     /* `reported` has grown, or can grow */
	size_t next;              /* entry to be taken */
	size_t reported;          /* entries handed over */
	struct result *results;   /* ring of WINDOW */
	bool stopped;             /* nothing more is wanted */
};

/* What one file adds to the counts. */
struct outcome {
	bool scanned, recalled, failed, skipped;
	enum target_skip skip;
	struct scan_facts facts;
};

/* Can these findings, which were kept, be reported, or is the text needed to say more of them? */
static bool is_enough(const struct scan_options *options, const struct finding_list *findings)
{
	if (!findings->nr)
		return true;
	return !options->since && !options->surroundings.wanted &&
		(findings->items[0].identity.text || !scan_needs_identity(options));
}

static bool recall(struct pool *pool, const struct cache_entry *known, struct finding_list *findings,
		   struct outcome *outcome)
{
	const struct scan_options *options = pool->options;

	if (!known || !recall_read(options->recall, known, matcher_rules(pool->matcher), options->today, findings,
				   &outcome->facts))
		return false;
	if (is_enough(options, findings))
		return true;
	finding_list_release(findings);
	return false;
}

/* As scan_bytes, unless the content is known; what is found out is kept. */
static int scan_or_recall(struct pool *pool, struct regex_worker *worker, const struct scan_options *options,
			  struct target_content *content, struct finding_list *findings, struct outcome *outcome,
			  struct error *err)
{
	size_t nr_rules = matcher_rules(pool->matcher)->nr;
	struct recall_key key;
	int result;

	if (options->recall) {
		key = recall_name(content, options->rules, nr_rules);
		if (recall(pool, recall_find(options->recall, &key), findings, outcome)) {
			free(content->bytes);
			return 0;
		}
	}
	result = scan_bytes(pool->matcher, worker, options, content->bytes, content->len, findings, &outcome->facts, err);
	if (options->recall && result == 0)
		recall_keep(options->recall, &key, findings, &outcome->facts);
	return result;
}

/* The same; of an entry, whose findings are compared with those of its older version. */
static int scan_and_compare(struct pool *pool, struct regex_worker *worker, size_t entry,
			    const struct scan_options *options, struct target_content *content,
			    struct finding_list *findings, struct outcome *outcome, struct error *err)
{
	char *copy = options->since ? xmemdupz(content->bytes, content->len) : NULL;
	int result = scan_or_recall(pool, worker, options, content, findings, outcome, err);

	if (options->since && since_mark(options->since, entry, (struct text){ copy, content->len }, pool->matcher, worker,
					 options, findings, err) < 0)
		result = -1;
	free(copy);
	return result;
}

/* The older version is held against the rules of the newer one's path, or its findings would be new after a move. */
static int scan_with_rules(struct pool *pool, struct regex_worker *worker, size_t entry,
			   struct target_content *content, struct finding_list *findings, struct outcome *outcome,
			   struct error *err)
{
	struct scan_options options = *pool->options;
	bool *rules = NULL;
	int result;

	if (options.path_rules) {
		options.rules = rules = xcalloc(matcher_rules(pool->matcher)->nr, sizeof(*rules));
		path_rules_fill(options.path_rules, target_full_path(pool->target, entry), rules);
	}
	result = scan_and_compare(pool, worker, entry, &options, content, findings, outcome, err);
	free(rules);
	return result;
}

static void scan_entry(struct pool *pool, struct target_reader *reader, struct regex_worker *worker, size_t entry,
		       struct result *result, struct outcome *outcome)
{
	const struct recall *known = pool->options->recall;
	struct error *err = &result->trouble;
	struct target_content content;
	int found;

	if (known && known->known && recall(pool, known->known[entry], &result->findings, outcome)) {
		outcome->scanned = outcome->recalled = true;
		return;
	}
	found = target_read_content(reader, entry, &content, &outcome->skip, err);
	if (found > 0) {
		outcome->skipped = true;
		return;
	}
	if (!found) {
		outcome->scanned = true;
		found = scan_with_rules(pool, worker, entry, &content, &result->findings, outcome, err);
		if (found < 0)
			error_prefix(err, "%s", pool->target->entries[entry].path);
	}
	outcome->failed = found < 0;
}

static void count(struct scan_counts *counts, const struct outcome *outcome)
{
	counts->scanned += outcome->scanned;
	counts->recalled += outcome->recalled;
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

/* Takes out what is not new, whatever says so: formats never see it. Called in path order. */
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

/* Is it known that there is nothing to say of an entry? Such ones are neither taken nor do they have a result. */
static bool is_clean(const struct pool *pool, size_t entry)
{
	return pool->options->recall && recall_is_clean(pool->options->recall, entry);
}

/* Does anybody want to hear of entries in which nothing was found? */
static bool wants_all(const struct pool *pool)
{
	return pool->options->every_file || pool->options->baseline;
}

/* Else passes by as many of them as are there. */
static void pass_clean(struct pool *pool)
{
	if (wants_all(pool))
		return;
	while (pool->reported < pool->next && is_clean(pool, pool->reported))
		pool->reported++;
}

/* Can the next entry be handed over? */
static bool is_ready(const struct pool *pool)
{
	return pool->reported < pool->next &&
		(pool->results[pool->reported % WINDOW].done || is_clean(pool, pool->reported));
}

/* What is said of a file on standard error. */
static void speak(const struct pool *pool, struct result *result)
{
	if (!result->failed && !result->remark)
		return;
	if (pool->options->progress)
		progress_hide(pool->options->progress);
	if (result->failed)
		complain_error(&result->trouble);
	if (result->remark)
		note("%s", result->remark);
}

static void forget(struct result *result)
{
	finding_list_release(&result->findings); /* an empty one too: all in it may have been suppressed */
	error_release(&result->trouble);
	free(result->remark);
	memset(result, 0, sizeof(*result));
}

/* Is there anything to say or to ask of an entry that is done? */
static bool has_news(const struct pool *pool, const struct result *result)
{
	return result->failed || result->remark || result->findings.nr || wants_all(pool);
}

static void present(struct pool *pool, size_t entry, struct result *result)
{
	bool complete = result->complete || is_clean(pool, entry);

	speak(pool, result);
	drop_old(pool, entry, complete, &result->findings);
	if (result->findings.nr || (pool->options->every_file && complete))
		pool->each(pool->data, entry, pool->target->entries[entry].path, &result->findings);
}

/* Hands over what is done, in order. Called by the reporter with the lock held; gives it up while it has something to say. */
static void hand_over(struct pool *pool)
{
	for (pass_clean(pool); !pool->stopped && is_ready(pool); pass_clean(pool)) {
		struct result *result = &pool->results[pool->reported % WINDOW];

		if (has_news(pool, result)) {
			pthread_mutex_unlock(&pool->lock);
			present(pool, pool->reported, result);
			pthread_mutex_lock(&pool->lock);
			pool->stopped = pool->options->enough && *pool->options->enough;
		}
		forget(result);
		pool->reported++;
		if (pool->options->progress)
			progress_set(pool->options->progress, pool->reported);
	}
	pthread_cond_broadcast(&pool->moved);
}

/* The end of what is taken from an entry on. Towards the end of the list, all threads are to have something to do. */
static size_t neighbours_end(const struct pool *pool, size_t first)
{
	size_t most = 1 + (pool->target->nr - first) / 64, end = first + 1;

	if (most > NEIGHBOURS)
		most = NEIGHBOURS;
	while (end < first + most && end < pool->reported + WINDOW && !is_clean(pool, end))
		end++;
	return end;
}

static bool is_reporter(const struct pool *pool)
{
	return pthread_equal(pthread_self(), pool->reporter);
}

/*
 * Goes on to entries, from the first to before the end, that have to be looked at. Called with the lock held. False:
 * there are none, or no more are wanted.
 */
static bool take(struct pool *pool, size_t *first, size_t *end)
{
	for (;;) {
		while (pool->next < pool->target->nr && is_clean(pool, pool->next)) {
			pool->counts->scanned++;
			pool->counts->recalled++;
			pool->next++;
		}
		if (is_reporter(pool) && is_ready(pool) && !pool->stopped) {
			hand_over(pool); /* in which time others may have gone on */
			continue;
		}
		if (pool->stopped || pool->next >= pool->target->nr || interrupted())
			return false;
		if (pool->next < pool->reported + WINDOW)
			break;
		pthread_cond_wait(&pool->moved, &pool->lock);
	}
	*first = pool->next;
	*end = pool->next = neighbours_end(pool, *first);
	return true;
}

/* Scans entries that were taken, all of them without the lock, which is held before and after. */
static void scan_taken(struct pool *pool, struct target_reader *reader, struct regex_worker *worker, size_t first,
		       size_t end)
{
	struct outcome outcomes[NEIGHBOURS];
	struct result results[NEIGHBOURS];

	pthread_mutex_unlock(&pool->lock);
	for (size_t i = 0; first + i < end; i++) {
		outcomes[i] = (struct outcome){ .skip = SKIP_NOT_PYTHON };
		results[i] = (struct result){ .done = true };
		scan_entry(pool, reader, worker, first + i, &results[i], &outcomes[i]);
		results[i].failed = outcomes[i].failed;
		results[i].complete = outcomes[i].scanned && !outcomes[i].failed;
		if (pool->options->verbose)
			results[i].remark = remark_on(pool->target->entries[first + i].path, &outcomes[i]);
	}
	pthread_mutex_lock(&pool->lock);
	for (size_t i = 0; first + i < end; i++) {
		count(pool->counts, &outcomes[i]);
		pool->results[(first + i) % WINDOW] = results[i];
	}
	if (first == pool->reported)
		pthread_cond_broadcast(&pool->moved);
}

/* Hands over what others have taken, as soon as it is done. Called by the reporter with the lock held. */
static void wait_for_others(struct pool *pool)
{
	while (!pool->stopped && pool->reported < pool->next)
		if (is_ready(pool))
			hand_over(pool);
		else
			pthread_cond_wait(&pool->moved, &pool->lock);
}

static void work(void *data)
{
	struct pool *pool = data;
	struct regex_worker *worker = regex_worker_new();
	struct target_reader reader = { .target = pool->target };
	size_t first, end;

	pthread_mutex_lock(&pool->lock);
	while (take(pool, &first, &end))
		scan_taken(pool, &reader, worker, first, end);
	if (is_reporter(pool))
		wait_for_others(pool);
	pthread_mutex_unlock(&pool->lock);
	target_reader_release(&reader);
	regex_worker_free(worker);
}

/* Asks what is known from earlier runs; returns how many entries are left that there may be something to say of. */
static size_t look_back(struct target *target, const struct matcher *matcher, const struct scan_options *options)
{
	size_t left = 0;

	if (options->recall)
		recall_look(options->recall, target, options->path_rules, matcher_rules(matcher)->nr,
			    options->jobs);
	for (size_t i = 0; i < target->nr; i++)
		left += !options->recall || !recall_is_clean(options->recall, i);
	return left;
}

void scan_target(struct target *target, const struct matcher *matcher, const struct scan_options *options,
		 scan_file_fn each, void *data, struct scan_counts *counts)
{
	struct pool pool = { .target = target, .matcher = matcher, .options = options, .each = each, .data = data,
			     .counts = counts, .reporter = pthread_self(), .lock = PTHREAD_MUTEX_INITIALIZER,
			     .moved = PTHREAD_COND_INITIALIZER };
	bool apart = target_reads_alone(target) && !options->since;

	pool.results = xcalloc(WINDOW, sizeof(*pool.results));
	threads_run(threads_number(options->jobs, look_back(target, matcher, options)),
		    apart ? THREADS_FILES_APART : THREADS_FILES_SHARED, work, &pool);
	for (size_t i = 0; i < SKIP_NR; i++)
		counts->skipped[i] += target->skipped[i];
	counts->done = pool.reported;
	/* What nobody wanted any more. */
	for (size_t i = 0; i < WINDOW; i++)
		forget(&pool.results[i]);
	free(pool.results);
}
