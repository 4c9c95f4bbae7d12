#compdef asyncgrep git-asyncgrep
# zsh completion for asyncgrep and `git asyncgrep`. The program says what the last word can become.

_git-asyncgrep() {
	local line candidate rest ret=1
	local -a found before

	before=("${(@Q)words[2,CURRENT-1]}")
	for line in "${(@f)$(_call_program asyncgrep asyncgrep --complete "${(@q)before}" "${(q)${(Q)PREFIX}}")}"; do
		candidate=${line%%$'\t'*}
		rest=${line#*$'\t'}
		case $candidate in
		'') ;;
		:file)
			compset -P "${(b)rest}"
			_files && ret=0
			;;
		:revision)
			compset -P "${(b)rest}"
			if (( $+functions[__git_revisions] )); then
				__git_revisions && ret=0
			else
				compset -P '*..(.|)'
				compadd -- HEAD "${(@f)$(git for-each-ref --format='%(refname:short)' 2>/dev/null)}" && ret=0
			fi
			;;
		:remote)
			compset -P "${(b)rest}"
			compadd -- "${(@f)$(git remote 2>/dev/null)}" && ret=0
			;;
		*) found+=("${candidate//:/\\:}${rest:+:$rest}") ;;
		esac
	done
	(( $#found )) && _describe -V asyncgrep found && ret=0
	return ret
}

# Loaded by compinit, it is called at once; sourced, it is only made known.
if [[ ${funcstack[1]} == _git-asyncgrep ]]; then
	_git-asyncgrep "$@"
else
	compdef _git-asyncgrep asyncgrep git-asyncgrep
fi
