# SPDX-License-Identifier: MIT
#
# asyncgrep(1) says all that there is to know; what it says of the
# configuration is in config_documents.bats.

load helpers

TOP=$BATS_TEST_DIRNAME/../..
MANUAL=$TOP/man/asyncgrep.1

@test "every variable of the environment that is read has its word" {
	local name names

	names=$(
		grep -rhoE '(getenv|env|env_bool|is_set)\("[A-Z_]+"' "$TOP/src" | grep -o '[A-Z_]*"$' | tr -d '"'
		sed -n '/variables\[\] = {/,/}/p' "$TOP/src/report/report.c" | grep -oE '"[A-Z_]+"' | tr -d '"'
	)
	[ "$(sort -u <<<"$names" | wc -l)" -ge 35 ]
	for name in $names; do
		sed -n '/^\.Sh ENVIRONMENT/,/^\.Sh FILES/p' "$MANUAL" | grep -qE "^\.(It )?Ev (.* )?$name( |\$)" ||
			{ echo "no word on $name"; return 1; }
	done
}

@test "every exit status has its word" {
	local status

	for status in $(grep -oE 'EXIT_[A-Z]+ = [0-9]+' "$TOP"/src/*/*.h | grep -o '[0-9]*$'); do
		sed -n '/^\.Sh EXIT STATUS/,/^\.Sh EXAMPLES/p' "$MANUAL" | grep -qx "\.It $status" || { echo "no word on $status"; return 1; }
	done
	[ -n "$status" ]
}

@test "every example is understood" {
	local line

	new_repo
	mkdir src && track src/a.py && commit_all && git tag v1.0
	git update-ref refs/remotes/origin/main HEAD
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\.Dl //p' "$MANUAL" | sed 's/\\-/-/g; s/\\e/\\/g' >examples
	[ "$(wc -l <examples)" -ge 12 ]
	while IFS= read -r line; do
		[[ $line == "asyncgrep "* ]]
		bash -c "asyncgrep() { '$ASYNCGREP' \"\$@\"; }; $line" >out 2>err && status=0 || status=$?
		[ "$status" -eq 0 ] || { echo "$line: $status"; cat err; return 1; }
	done <examples
}
