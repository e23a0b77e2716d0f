# Completion of trueup for fish: `trueup completion fish | source`, or this text as the file
# ~/.config/fish/completions/trueup.fish. trueup itself tells what may follow.
function __trueup_candidates
    set -l before (commandline -opc)
    set -l current (commandline -ct | string unescape)
    set -l lines ($before[1] completion fish -- $before[2..-1] "$current" 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path "$current"
    else
        printf '%s\n' $lines[2..-1]
    end
end
complete -c trueup -f -a '(__trueup_candidates)'
