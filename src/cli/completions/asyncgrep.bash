# bash completion for asyncgrep and `git asyncgrep`. The program says what the last word can become.

# _asyncgrep_offer WORD...: fills COMPREPLY with what the last can become.
_asyncgrep_offer()
{
	local full=${*: -1} cut breaks=${COMP_WORDBREAKS//[^=:]/} candidate what

	# Of a word that readline breaks at = or :, only the last part is replaced.
	cut=
	[[ -z $breaks || $full != *[$breaks]* ]] || cut=${full%"${full##*["$breaks"]}"}
	COMPREPLY=()
	while IFS=$'\t' read -r candidate what; do
		case $candidate in
		:file) _asyncgrep_files "${full#"$what"}" ;;
		:revision) _asyncgrep_revisions "${full#"$what"}" ;;
		:remote) mapfile -t COMPREPLY < <(compgen -W "$(git remote 2>/dev/null)" -- "${full#"$what"}") ;;
		*) [[ $candidate != "$full"* ]] || COMPREPLY+=("${candidate#"$cut"}") ;;
		esac
	done < <(asyncgrep --complete "$@" 2>/dev/null)
}

_asyncgrep_files()
{
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# As git completes them, where its completion is there.
_asyncgrep_revisions()
{
	# shellcheck disable=SC2034 # git's functions use them
	local cur=$1 __git_repo_path

	if ! declare -F __git_complete_revlist_file >/dev/null && declare -F _completion_loader >/dev/null; then
		_completion_loader git
	fi
	if declare -F __git_complete_revlist_file >/dev/null; then
		compopt -o nospace 2>/dev/null # it adds its own
		__git_complete_revlist_file
	else
		mapfile -t COMPREPLY < <(compgen -W "$(git for-each-ref --format='%(refname:short)' 2>/dev/null) HEAD" -- "$1")
	fi
}

# What readline broke at = and : is put together again.
_asyncgrep()
{
	local line=${COMP_LINE:0:COMP_POINT} words=() i word rest

	for ((i = 0; i <= COMP_CWORD; i++)); do
		rest=${line#"${line%%[![:blank:]]*}"}
		word=${COMP_WORDS[i]}
		((i < COMP_CWORD)) || word=$rest
		if [[ $i -lt 2 || $rest != "$line" ]]; then
			words+=("$word")
		else
			words[-1]+=$word
		fi
		line=${rest#"$word"}
	done
	_asyncgrep_offer "${words[@]:1}"
}
complete -F _asyncgrep asyncgrep git-asyncgrep

# Called by git's completion, which has put the words together.
# shellcheck disable=SC2154 # words and cword are its variables
_git_asyncgrep()
{
	local i=0

	while [[ $i -lt $cword && ${words[i]} != asyncgrep ]]; do
		((++i))
	done
	_asyncgrep_offer "${words[@]:i+1:cword-i}"
}
