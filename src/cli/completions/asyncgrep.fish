# fish completion for asyncgrep and `git asyncgrep`. The program says what the last word can become.

function __asyncgrep_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # Of `git -C … asyncgrep …` the words from asyncgrep on.
    test "$words[1]" = git; and set words $words[(contains -i -- asyncgrep $words)..]
    for line in (asyncgrep --complete $words[2..] "$word" 2>/dev/null)
        set -l parts (string split -m 1 \t -- $line)
        set -l value (string sub -s (math 1 + (string length -- "$parts[2]")) -- "$word")
        switch $parts[1]
            case :file
                for file in (__fish_complete_path "$value")
                    echo -- "$parts[2]$file"
                end
            case :revision
                for revision in HEAD (git for-each-ref --format='%(refname:short)' 2>/dev/null)
                    echo -- "$parts[2]$revision"
                end
            case :remote
                for remote in (git remote 2>/dev/null)
                    echo -- "$parts[2]$remote"
                end
            case '*'
                echo -- $line
        end
    end
end

complete -c asyncgrep -f -a '(__asyncgrep_complete)'
# What git's own completion asks for; that of fish 3.6 has it wrong, hence the second line.
complete -c git-asyncgrep -f -a '(__asyncgrep_complete)'
complete -c git -n '__fish_git_using_command asyncgrep' -f -a '(__asyncgrep_complete)'
