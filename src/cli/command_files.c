/* SPDX-License-Identifier: MIT
 *
 * --files: what would be scanned; with --why what is left out, too, in one
 * order and each path once.
 */
#include "cli/command.h"

#include "base/strbuf.h"
#include "cli/filters.h"
#include "report/json_text.h"

/* What is printed of a path. */
struct listing {
	const struct options *options;
	bool json; /* somebody asked for it here: who has it in the configuration file means findings */
	struct target *target;
	struct target_reader reader;
	const char *previous; /* the full path that was printed last */
	struct strbuf line;
};

static void add_json(struct listing *listing, const char *path, const char *reason)
{
	json_t *object = json_object();

	json_set_text(object, "path", path);
	json_set(object, "scanned", json_boolean(!reason));
	if (reason)
		json_set_text(object, "reason", reason);
	json_set_path_base64(object, path);
	json_text_add(&listing->line, object);
}

static void add_text(struct listing *listing, const char *path, const char *reason)
{
	bool why = listing->options->why;

	if (listing->options->nul)
		strbuf_add(&listing->line, path, strlen(path) + 1);
	else
		strbuf_add_visible(&listing->line, path, strlen(path));
	if (why)
		strbuf_addf(&listing->line, "%s%s", listing->options->nul ? "" : "\t", reason ? reason : "scanned");
}

/* reason NULL: it would be scanned. Both sides of a conflict have the same path. */
static void print(struct listing *listing, const char *full_path, const char *path, const char *reason)
{
	if (listing->options->why && listing->previous && strcmp(listing->previous, full_path) == 0)
		return;
	listing->previous = full_path;
	strbuf_setlen(&listing->line, 0);
	if (listing->json)
		add_json(listing, path, reason);
	else
		add_text(listing, path, reason);
	if (!listing->options->nul || listing->options->why)
		strbuf_addch(&listing->line, '\n');
	fwrite(listing->line.buf, 1, listing->line.len, stdout);
}

/* An entry may be gone, or a link by now. */
static void print_entry(struct listing *listing, size_t entry)
{
	const char *full_path = target_full_path(listing->target, entry), *path = listing->target->entries[entry].path;
	struct error err = { NULL };
	enum target_skip skip;
	int found = target_read_content(&listing->reader, entry, NULL, &skip, &err);

	if (found < 0)
		complain_error(&err);
	else if (!found)
		print(listing, full_path, path, NULL);
	else if (listing->options->why)
		print(listing, full_path, path, target_skip_names[skip]);
}

static void print_left_out(struct listing *listing, const struct target_left_out *file)
{
	print(listing, file->full_path, target_shown_path(listing->target, file->full_path),
	      target_skip_names[file->skip]);
}

/* The entries, and between them what is left out; of one path, what would be scanned counts. */
static void print_all(struct listing *listing)
{
	struct target *target = listing->target;
	size_t out = 0, in = 0;

	target_sort_left_out(target);
	while (in < target->nr || out < target->nr_left_out) {
		if (out == target->nr_left_out ||
		    (in < target->nr && strcmp(target_full_path(target, in), target->left_out[out].full_path) <= 0)) {
			print_entry(listing, in++);
		} else {
			print_left_out(listing, &target->left_out[out++]);
		}
	}
}

enum exit_status command_list_files(const struct options *options)
{
	struct target target;
	struct filters filters = { .options = NULL };
	struct listing listing = { .options = options, .target = &target,
				   .reader = { .target = &target }, .line = STRBUF_INIT };
	struct error err = { NULL };
	enum exit_status status = EXIT_CLEAN;

	if (options_given(options, "format"))
		listing.json = strcmp(report_format_at((size_t)options->format)->name, "json") == 0;
	if (command_open_target(options, &target, &filters, &err)) {
		complain_error(&err);
		status = EXIT_TROUBLE;
	} else {
		print_all(&listing);
	}
	strbuf_release(&listing.line);
	target_reader_release(&listing.reader);
	filters_close(&filters);
	target_release(&target);
	return status;
}
