#!/usr/bin/env zsh
# What zsh makes of a line when Tab is pressed at its end:
#
#	completion.zsh FOLDER LINE    FOLDER has the completion functions; prints the line as it is then
#
# An interactive zsh runs behind a pseudo terminal.
zmodload zsh/zpty

zpty shell zsh -f -i
ask() {
	zpty -w shell "$1"
}
ask "PS1= PS2= RPS1=; unsetopt zle_bracketed_paste 2>/dev/null; unset zle_bracketed_paste; stty -echo"
ask "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D"
ask "zstyle ':completion:*' list-prompt ''; LISTMAX=9999; setopt no_auto_menu no_always_last_prompt"
# The quotes keep the echo of this command from looking like the answer.
ask "tell() { print -r -- '<'line'>'\$BUFFER'</'line'>'; BUFFER=; }; zle -N tell; bindkey '^X' tell; bindkey '^I' complete-word"
zpty -n -w shell "$2"$'\t\C-x'
output=
while zpty -r shell part; do
	output+=$part
	[[ $output != *'<line>'*'</line>'* ]] || break
done
output=${output##*<line>}
print -r -- "${output%%</line>*}"
zpty -d shell
