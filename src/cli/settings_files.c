/* SPDX-License-Identifier: MIT
 *
 * Files of the place that the configuration comes from, be it a folder on
 * disk or something that git stores.
 */
#include "cli/settings_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "rule/ruleset.h"
#include "rule/yaml.h"
#include "target/beneath.h"

/* What people call the file as well, and would wonder about. */
#define OTHER_NAME ".asyncgrep.yml"

static bool is_stored(const struct settings_source *source)
{
	return source->snapshot.repo != NULL;
}

static int refuse_link(const char *folder, const char *path, struct error *err)
{
	return error_set(err, "%s%s: a symbolic link; configuration and rules have to be files of their own", folder, path);
}

/* -- what git stores */

/* 1: there is none. */
static int read_stored(const struct settings_source *source, const char *path, char **bytes, size_t *len,
		       struct error *err)
{
	struct object_id id;
	unsigned int mode;
	int result = snapshot_find(&source->snapshot, path, &mode, &id, err);

	if (result == 0 && (mode & MODE_TYPE) == MODE_SYMLINK)
		return refuse_link(source->folder, path, err);
	if (result == 0 && (mode & MODE_TYPE) != MODE_FILE)
		return error_set(err, "%s%s: not a file", source->folder, path);
	if (result == 0 && repository_read(source->snapshot.repo, &id, bytes, len, err) < 0)
		return error_prefix(err, "%s%s", source->folder, path);
	return result;
}

/* What several pushes say has to be the same, or whose word counts? */
static int check_others(const struct settings_source *source, const char *path, struct error *err)
{
	struct object_id id = { { 0 } }, other_id = { { 0 } };
	unsigned int mode = 0, other_mode = 0;
	int found = source->nr_others ? snapshot_find(&source->snapshot, path, &mode, &id, err) : 0;

	for (size_t i = 0; found >= 0 && i < source->nr_others; i++) {
		struct snapshot other = { .repo = source->snapshot.repo, .tree = source->others[i].tree };
		int other_found = snapshot_find(&other, path, &other_mode, &other_id, err);

		if (other_found < 0)
			return -1;
		if (found != other_found || (!found && (mode != other_mode || !object_id_equal(&id, &other_id))))
			return error_set(err, "%s%s: %.12s has another one; push them one after the other, or say whose "
					 "counts: --trusted-config REV", source->folder, path, source->others[i].name);
	}
	return found < 0 ? -1 : 0;
}

static int add_stored_file(const struct settings_source *source, struct ruleset *set, const char *path,
			   struct error *err)
{
	char *name, *bytes;
	size_t len;
	int result = read_stored(source, path, &bytes, &len, err);

	if (result)
		return result < 0 ? -1 : error_set(err, "%s%s: %s", source->folder, path, strerror(ENOENT));
	name = xasprintf("%s%s", source->folder, path);
	result = ruleset_add(set, name, bytes, len, false, err);
	free(name);
	free(bytes);
	return result;
}

static int add_stored_folder(const struct settings_source *source, struct ruleset *set, const char *folder,
			     struct error *err)
{
	struct snapshot_files files;
	size_t base = *folder ? strlen(folder) + 1 : 0;
	int result = snapshot_list(&source->snapshot, folder, &files, err);

	for (size_t i = 0; result == 0 && i < files.nr; i++) {
		struct error own = { NULL };

		if (ruleset_is_rule_path(files.items[i].path + base) &&
		    add_stored_file(source, set, files.items[i].path, &own))
			complain_error(&own);
	}
	snapshot_files_release(&files);
	return result;
}

static int add_stored(const struct settings_source *source, struct ruleset *set, const char *path,
		      const struct yaml_node *node, struct error *err)
{
	struct object_id id;
	unsigned int mode;
	int result = check_others(source, path, err);

	if (result == 0)
		result = snapshot_find(&source->snapshot, path, &mode, &id, err);
	if (result)
		return result < 0 ? -1 : yaml_error(node, err, "%s%s: %s", source->folder, path, strerror(ENOENT));
	if ((mode & MODE_TYPE) == MODE_TREE)
		return add_stored_folder(source, set, path, err);
	return add_stored_file(source, set, path, err);
}

/* -- on disk */

static int read_limited(int fd, size_t size, char **bytes, size_t *len, struct error *err)
{
	if (size <= YAML_MAX_SIZE)
		return read_and_close(fd, size, bytes, len, err);
	close(fd);
	return error_set(err, "larger than %zu bytes", YAML_MAX_SIZE);
}

static int read_disk(const struct settings_source *source, const char *path, char **bytes, size_t *len,
		     struct error *err)
{
	struct beneath_folder *folder = NULL;
	struct beneath beneath;
	enum target_skip skip;
	size_t size;
	int fd, result;

	if (beneath_init(&beneath, *source->folder ? source->folder : ".", err) < 0)
		return -1;
	result = beneath_open(&beneath, &folder, path, &fd, &size, &skip, err);
	if (result > 0 && skip == SKIP_SYMLINK)
		result = refuse_link(source->folder, path, err);
	else if (result > 0 && skip != SKIP_DELETED)
		result = error_set(err, "%s%s: not a file", source->folder, path);
	else if (result < 0 || (result == 0 && (result = read_limited(fd, size, bytes, len, err)) < 0))
		error_prefix(err, "%s%s", source->folder, path);
	beneath_folder_free(folder);
	beneath_release(&beneath);
	return result;
}

/* What the user named: any file that can be read. */
static int read_named(const char *path, char **bytes, size_t *len, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	return read_and_close(fd, 0, bytes, len, err) < 0 ? error_prefix(err, "%s", path) : 0;
}

/* A folder on the way may be a link; of the file itself, and what lies in a folder, ruleset_add_path takes care. */
static int check_links(const struct settings_source *source, const char *path, struct error *err)
{
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		char *part = xasprintf("%s%.*s", source->folder, (int)(slash - path), path);
		struct stat st;
		bool link = lstat(part, &st) == 0 && S_ISLNK(st.st_mode);

		free(part);
		if (link)
			return refuse_link(source->folder, path, err);
	}
	return 0;
}

static int add_disk(const struct settings_source *source, struct ruleset *set, const char *path,
		    const struct yaml_node *node, struct error *err)
{
	char *full = xasprintf("%s%s", *path == '/' ? "" : source->folder, *path || *source->folder ? path : ".");
	int result = source->links ? 0 : check_links(source, path, err);
	struct stat st;

	if (result == 0 && stat(full, &st) < 0)
		result = yaml_error(node, err, "%s: %s", full, strerror(errno));
	if (result == 0)
		result = ruleset_add_path(set, full, source->links, err);
	free(full);
	return result;
}

/* -- the configuration */

static int refuse_other_name(const struct settings_source *source, struct error *err)
{
	char *bytes;
	size_t len;
	int result = is_stored(source) ? read_stored(source, OTHER_NAME, &bytes, &len, err) :
		read_disk(source, OTHER_NAME, &bytes, &len, err);

	if (result)
		return result;
	free(bytes);
	return error_set(err, "%s%s: the configuration is called %s; rename it: mv %s %s", source->folder,
			 OTHER_NAME, SETTINGS_FILE, OTHER_NAME, SETTINGS_FILE);
}

int settings_source_read(const struct settings_source *source, char **bytes, size_t *len, struct error *err)
{
	int result;

	if (!source->folder)
		return 1;
	if (source->links)
		return read_named(source->name, bytes, len, err);
	if (check_others(source, SETTINGS_FILE, err) < 0)
		return -1;
	result = is_stored(source) ? read_stored(source, SETTINGS_FILE, bytes, len, err) :
		read_disk(source, SETTINGS_FILE, bytes, len, err);
	return result > 0 ? refuse_other_name(source, err) : result;
}

/* -- rule files */

/* The path without "." and empty parts; NULL: it leaves the folder. */
static char *plain_path(const char *path)
{
	struct strbuf plain = STRBUF_INIT;

	if (*path == '/')
		return NULL;
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len == 2 && path[0] == '.' && path[1] == '.') {
			strbuf_release(&plain);
			return NULL;
		}
		if (len && !(len == 1 && *path == '.'))
			strbuf_addf(&plain, "%s%.*s", plain.len ? "/" : "", (int)len, path);
		path += len + (path[len] == '/');
	}
	return strbuf_detach(&plain, NULL);
}

int settings_source_add_rules(const struct settings_source *source, struct ruleset *set, const struct yaml_node *path,
			    struct error *err)
{
	char *plain;
	int result;

	if (source->links)
		return add_disk(source, set, path->text.ptr, path, err);
	plain = plain_path(path->text.ptr);
	if (!plain)
		return yaml_error(path, err, "'%s' leads out of the folder of the configuration", path->text.ptr);
	result = is_stored(source) ? add_stored(source, set, plain, path, err) : add_disk(source, set, plain, path, err);
	free(plain);
	return result;
}
