#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# --pre-push and --pre-receive, in hooks that git push itself runs, against a
# bare repository beside the one that is pushed from.

load helpers

setup() {
	new_repo
	git init -q --bare ../server.git
	git remote add origin ../server.git
	put_on_path
	old_bad legacy.py
	write good.py "x = 1"
	commit_all
	git push -q origin main
}

old_bad() {
	write "$1" "async def old(p):" "    open(p)"
}

pre_push() {
	write .git/hooks/pre-push "#!/bin/sh" 'exec asyncgrep --pre-push "$1"'
	chmod +x .git/hooks/pre-push
}

# pre_receive [OPTION…]
pre_receive() {
	write ../server.git/hooks/pre-receive "#!/bin/sh" "exec asyncgrep --pre-receive $*"
	chmod +x ../server.git/hooks/pre-receive
}

# refused FILE… -- COMMAND…: the push fails, just these files have findings, and the server is as it was.
refused() {
	local files=() before after

	while [ "$1" != -- ]; do
		files+=("$1")
		shift
	done
	shift
	before=$(git -C ../server.git for-each-ref)
	run "$@"
	after=$(git -C ../server.git for-each-ref)
	[ "$status" -ne 0 ] && [ "$before" = "$after" ] || { echo "$output"; return 1; }
	diff <(printf '%s\n' "${files[@]}") <(sed -n 's/^\(remote: \)\?\([^:]*\):[0-9]*:[0-9]*: error: AG101.*/\2/p' <<<"$output")
}

@test "pre-push: a bad commit stays here, a good one goes, whatever the working tree says" {
	pre_push
	bad a.py && commit_all && write a.py "x = 1"
	refused a.py -- git push origin main
	git commit -qam good && bad a.py
	git push -q origin main
	[ "$(git -C ../server.git rev-parse main)" = "$(git rev-parse HEAD)" ]
}

@test "pre-push: only what the remote does not have; a bad file in between that is gone again passes" {
	pre_push
	bad a.py && commit_all && git rm -q a.py && write b.py "x = 2" && commit_all
	git push -q origin main
	old_bad legacy2.py && commit_all
	refused legacy2.py -- git push origin main
	# A file that the push changes is scanned whole.
	git reset -q --hard HEAD~1
	echo "x = 1" >>legacy.py && commit_all
	refused legacy.py -- git push origin main
}

@test "pre-push: a new branch counts from where it left what the remote has" {
	pre_push
	git checkout -qb topic
	bad a.py && commit_all
	refused a.py -- git push origin topic
	write a.py "x = 1" && commit_all
	git push -q origin topic
	# main moves on elsewhere; the new branch begins before that.
	git checkout -q main && bad late.py && commit_all && git push -q --no-verify origin main
	git checkout -q -b other HEAD~1 && write c.py "x = 1" && commit_all
	git push -q origin other
}

@test "pre-push: a remote that has nothing gets all of the tree looked at" {
	pre_push
	git init -q --bare ../empty.git
	git remote add empty ../empty.git
	refused legacy.py -- git push empty main
	refused legacy.py -- git push ../empty.git main
}

@test "pre-push: several branches, tags, deletions, forced pushes" {
	pre_push
	git branch doomed && git push -q origin doomed
	git push -q origin --delete doomed
	git branch one && git checkout -q one && bad one.py && commit_all
	git checkout -q main && git checkout -qb two && bad two.py && git cherry-pick one >/dev/null
	git add . && git commit -qm two
	refused one.py two.py -- git push origin one two
	git tag -am bad v1 one
	refused one.py -- git push origin v1
	git checkout -q main && git commit -q --amend -m again && git push -qf origin main
	# Somebody else pushed meanwhile: the object that the remote has is not here.
	git clone -q ../server.git ../other && (cd ../other && write o.py "x = 1" && commit_all && git push -q origin main)
	git commit -q --allow-empty -m mine && git push -qf origin main
	bad mine.py && commit_all
	refused mine.py -- git push -f origin main
}

@test "pre-receive: quarantined objects are read, in a bare repository" {
	pre_receive
	bad a.py && commit_all
	refused a.py -- git push origin main
	[ -z "$(git -C ../server.git cat-file -t "$(git rev-parse HEAD)" 2>/dev/null)" ]
	write a.py "x = 1" && git commit -qam good
	git push -q origin main
	# Also as a pack.
	git -C ../server.git config receive.unpackLimit 1
	bad a.py && commit_all
	refused a.py -- git push origin main
}

@test "pre-receive: new branches, tags, deletions; references that are known" {
	pre_receive
	git push -q origin main:copy
	git push -q origin --delete copy
	git checkout -qb topic && bad a.py && commit_all && git tag -am tag v1
	refused a.py -- git push origin topic
	refused a.py -- git push origin v1
	git rm -q a.py && commit_all
	git push -q origin topic
}

@test "pre-receive: options and pathspecs narrow it" {
	pre_receive --ignore AG101
	bad a.py && commit_all && git push -q origin main
	pre_receive -- src "':!src/skip'"
	bad b.py && commit_all && git push -q origin main
	bad src/skip/c.py && commit_all && git push -q origin main
	bad src/d.py && commit_all
	refused src/d.py -- git push origin main
}

@test "attributes are those of the pushed tree" {
	pre_push
	pre_receive
	write .gitattributes 'gen/** linguist-generated' && bad gen/g.py && commit_all
	git push -q origin main
	git rm -q .gitattributes && bad gen/h.py && commit_all && write .gitattributes 'gen/** linguist-generated'
	refused gen/h.py -- git push origin main
	refused gen/h.py -- git push --no-verify origin main
}

@test "what is no hook's input is refused" {
	run_asyncgrep --pre-push <<<"refs/heads/main"
	assert_error "is no line that git gives to this hook"
	run_asyncgrep --pre-receive <<<"0 1 refs/heads/main"
	assert_error "is no name of an object"
	run_asyncgrep --pre-receive <<<"$(printf '%040d' 0) $(printf '%040d' 1) refs/heads/main"
	assert_error "0001, which is pushed" "git fsck"
	run_asyncgrep --pre-push </dev/null
	[ "$status" -eq 0 ] || show
	run_asyncgrep --pre-push --staged </dev/null
	assert_error "'--pre-push' and '--staged' cannot be used together"
}
