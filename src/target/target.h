/* SPDX-License-Identifier: MIT
 *
 * What is scanned: a sorted list of (path, a way to get the bytes). One
 * interface, one file a kind: the working tree, the index, a revision, plain
 * files, standard input.
 *
 * Which files are Python: those named *.py or *.pyw; and those whose first
 * line is a Python shebang. Only files that are executable or have no dot in their name
 * are opened to see that line (see pyname.h).
 *
 * Without pathspecs the whole repository is meant, also in a subfolder.
 */
#ifndef ASYNCGREP_TARGET_H
#define ASYNCGREP_TARGET_H

#include "base/arena.h"
#include "base/common.h"
#include "base/error.h"
#include "git/repository.h"

struct beneath_folder; /* target/beneath.h */
struct git_target; /* target/git_target.h */
struct index;      /* git/index.h */
struct push_updates; /* target/push_updates.h */
struct versions;   /* target/versions.h */

/* Where the content of files comes from, and with it the configuration. */
enum target_origin {
	FROM_WORKTREE,
	FROM_INDEX,
	FROM_REVISION, /* from here on what is scanned is in the object database; neither index nor work tree is needed */
	FROM_HISTORY,
	FROM_PUSH,
	FROM_FILES,    /* not from git */
};

/*
 * The kinds, one line each: TARGET_KIND, its target_open_ function (in a file of its own), FROM_ORIGIN.
 *
 * WORKTREE: tracked files as they stand in the working tree.
 *
 * STAGED: index content of paths that differ from HEAD, in content or mode (all of the index where HEAD has no commit); a
 * renamed file is a new path and scanned whole. Not files that `git add -N` announced: the next commit will not have
 * them. Of a conflict both sides, ours and theirs, are scanned where they differ from HEAD: two entries with the same path.
 *
 * INDEX: all of the index; announced files and conflicts as for STAGED.
 *
 * REV: the tree of a revision.
 *
 * FILES: plain files and folders (--no-index); no path at all means the current directory. What is named is scanned
 * whatever its suffix, also through a symbolic link. In folders, links are not followed and `.git` is passed by.
 *
 * STDIN: standard input.
 *
 * HOOK: the files that are named, for hook managers (--hook): index content of those that are staged, the others from the
 * working tree. Paths are no pathspecs here; what is not Python is passed by.
 *
 * PRE_PUSH, PRE_RECEIVE: what a push brings, for hooks of those names: of the files of each pushed tree those that are not
 * as the other side has them. Which references move is read from standard input, as git writes it there. Pathspecs need
 * not match.
 *
 * HISTORY: every version of every file that a range of history reaches, each content once; of each path the newest first.
 * Which commit has which, target/versions.h says. Paths are those from the top. What .gitattributes keep out is asked of
 * the newest commit.
 */
#define TARGET_KINDS(X) \
	X(WORKTREE, worktree, WORKTREE) \
	X(STAGED, staged, INDEX) \
	X(INDEX, index, INDEX) \
	X(REV, rev, REVISION) \
	X(FILES, files, FILES) \
	X(STDIN, stdin, FILES) \
	X(HOOK, hook, INDEX) \
	X(PRE_PUSH, push, PUSH) \
	X(PRE_RECEIVE, push, PUSH) \
	X(HISTORY, history, HISTORY)

enum target_kind {
#define TARGET_KIND(kind, open, origin) TARGET_##kind,
	TARGET_KINDS(TARGET_KIND)
#undef TARGET_KIND
};
enum target_origin target_origin(enum target_kind kind);

/* Of which files that are left out a target remembers the paths. */
enum target_keep {
	KEEP_NOTHING,
	KEEP_COUNTED, /* of those that the summary counts */
	KEEP_ALL,     /* of all, and looks for some only then: untracked and ignored files, files as HEAD has them */
};

struct target_options {
	enum target_kind kind;
	enum target_keep keep;     /* not of TARGET_HISTORY */
	bool untracked;            /* TARGET_WORKTREE: also untracked files that are not ignored */
	const char *const *paths;  /* pathspecs, relative to the current directory; or paths; borrowed */
	size_t nr_paths;
	const char *stdin_name;    /* path to report for standard input; NULL: "<stdin>" */
	const char *remote;        /* TARGET_PRE_PUSH: its name; "": what any remote has is known there */
	const char *range;         /* TARGET_HISTORY: as for history_walk (git/history.h) */
	bool all;                  /* TARGET_HISTORY: every reference, too */
	bool progress;             /* TARGET_HISTORY: say on a terminal how far the listing is */
	bool recurse_submodules;   /* TARGET_WORKTREE: also what submodules track, where they are checked out */
	bool no_attributes;        /* also what .gitattributes keep out (git/attributes.h says what) */
	bool know;                 /* of the working tree: look which files are unchanged, for target_know */
	unsigned jobs;             /* threads to look on; 0: one a processor */
	const char *rev;           /* TARGET_REV: a name as for revision_find (git/revision.h) */
	/*
	 * What somebody opened already, or NULL: it is used instead of opening it again, and taken over: what these point
	 * to is closed then.
	 */
	struct repository *opened;
	struct index *opened_index;
	struct index *index_ahead; /* see index_open (git/index.h); NULL: none */
	const struct push_updates *updates; /* TARGET_PRE_PUSH, TARGET_PRE_RECEIVE: what was read already; NULL: nothing */
	/* .gitattributes are those of this tree, and not of what is scanned; NULL: they are. Not in submodules. */
	const struct object_id *attributes_tree;
};

/* One file. Paths are bytes as git or the file system has them. */
struct target_entry {
	const char *path; /* what is reported: relative to the current directory, as git grep prints it; the target's */
	/* The blob that target_read gives the bytes of, where git knows it: not of the working tree. The target's. */
	const struct object_id *id;
	size_t index;     /* private to the target */
	bool converted;   /* of the working tree: what git stores may be other bytes (git/attributes.h) */
};

/* How the content of an entry is known to git. */
enum target_known {
	KNOWN_NOT,    /* it may be anything */
	KNOWN_STORED, /* of the working tree: unchanged since git stored it as this blob, but for the ends of lines, it may be */
	KNOWN_BLOB,   /* it is this blob, byte for byte */
};

/* The content of an entry. */
struct target_content {
	char *bytes;          /* malloc'd with a NUL at bytes[len] */
	size_t len;           /* below 4 GiB */
	enum target_known known;
	struct object_id id;  /* unless it is KNOWN_NOT */
};

/*
 * Why a file is not scanned. The summary counts those of which somebody could have thought that they were: the first
 * group, where they are called Python, and the second.
 */
enum target_skip {
	SKIP_DELETED,     /* tracked, but gone from the working tree */
	SKIP_SPARSE,      /* not in the working tree, because of a sparse checkout */
	SKIP_SYMLINK,     /* it, or a folder above it */
	SKIP_NOT_REGULAR, /* a FIFO, a device, a folder in the place of a file */

	SKIP_SUBMODULE,
	SKIP_OWN_ATTRIBUTE, /* what .gitattributes keep out: -asyncgrep, */
	SKIP_GENERATED,     /* linguist-generated, */
	SKIP_VENDORED,      /* linguist-vendored */

	SKIP_NOT_PYTHON,    /* neither name nor first line says Python */
	SKIP_ANNOUNCED,     /* `git add -N`: the index has no content yet */
	SKIP_BOTH_DELETED,  /* a conflict of which neither side has the file */
	SKIP_UNCHANGED,     /* as it is in the version that is compared with */
	SKIP_UNTRACKED,
	SKIP_IGNORED,
	SKIP_REPOSITORY,    /* a folder with a repository of its own */
	SKIP_NR
};
extern const char *const target_skip_names[SKIP_NR]; /* "deleted", "symbolic link", … */

/* A file, or a folder as "dir/", that is not scanned. */
struct target_left_out {
	const char *full_path; /* as target_full_path has it */
	enum target_skip skip;
};

struct target {
	enum target_kind kind;
	const struct target_ops *ops; /* private to src/target */
	/*
	 * Sorted by the bytes of the path from the top of the work tree (of TARGET_FILES: of the path), which is the
	 * order of git grep; `../x.py` may stand behind `a.py`.
	 */
	struct target_entry *entries;
	size_t nr, alloc;
	size_t skipped[SKIP_NR];      /* what target_open left out and the summary counts; target_read says more */
	enum target_keep keep;
	struct target_left_out *left_out; /* what is to be kept of it, in no order */
	size_t nr_left_out, left_out_alloc;
	struct arena left_out_paths;  /* private */
	const struct versions *versions; /* TARGET_HISTORY: which entry is what; else NULL */
	void *data;                   /* private to the kind */
	struct git_target *git;       /* part of it, where git knows the files; NULL: it does not */
	const struct repository *repo; /* part of it: where they come from; NULL: from none */
};

/*
 * Lists what is to be scanned. Files whose Python-ness only their first line can tell are
 * in the list when that line is a Python shebang. A pathspec that matches no tracked file at all, a path that does not exist, a
 * repository that cannot be opened: -1 with a message that says what to do.
 * A folder that cannot be read is complained about, and the rest listed.
 */
int target_open(struct target *target, const struct target_options *options, struct error *err);

/*
 * Reads the bytes of one entry: *raw is malloc'd with a NUL at raw[*len] and belongs to the
 * caller. Thread-safe. Returns 0; 1 when there is nothing to scan after all (the file is gone or is no regular file
 * any more: *skip says why); -1 on errors (the message names the path).
 * With raw NULL it only looks: 0 promises nothing about later.
 */
int target_read(struct target *target, size_t entry, char **raw, size_t *len,
		enum target_skip *skip, struct error *err);

/*
 * One thread's hold on what it reads, best in the order of the entries. Begins with the target alone, and is to be
 * released before that.
 */
struct target_reader {
	struct target *target;
	struct beneath_folder *folder; /* private to the kind; owned; NULL: none yet */
};
/* As target_read, and what is known of the bytes, which belong to the caller. With content NULL it only looks. */
int target_read_content(struct target_reader *reader, size_t entry, struct target_content *content,
			enum target_skip *skip, struct error *err);
/*
 * What an entry holds, where that is known without reading it: all but its bytes. Of a blob len is 0. KNOWN_NOT: it has to be
 * read. Thread-safe.
 */
void target_know(const struct target *target, size_t entry, struct target_content *content);
/* Does a thread that reads use no file that another one opened meanwhile (THREADS_FILES_APART)? Not where libgit2 reads. */
bool target_reads_alone(const struct target *target);
void target_reader_release(struct target_reader *reader);

/* The path of an entry from the top of the work tree or of the revision; of plain files, the one that is reported. */
const char *target_full_path(const struct target *target, size_t entry);

/*
 * Does what is scanned have a file of this full path, be it Python or not, and whatever the pathspecs say? Of the
 * working tree: is it there, tracked or not. Where that cannot be told, true. Not thread-safe.
 */
bool target_has(const struct target *target, const char *full_path);

/* A full path as a user of the current directory would type it; the target's, or full_path itself. Not thread-safe. */
const char *target_shown_path(struct target *target, const char *full_path);

/* The one place where a target says that it leaves a file out: counts and keeps what is to be. The path is copied. */
void target_leave_out(struct target *target, const char *full_path, enum target_skip skip);
/* Brings what is kept into the order of the entries. */
void target_sort_left_out(struct target *target);

/* Also after target_open failed. */
void target_release(struct target *target);

#endif
