#compdef trueup
# Completion of trueup for zsh: `source <(trueup completion zsh)` after compinit, or this text as the
# file _trueup in a folder of $fpath. trueup itself tells what may follow.
_trueup() {
    local -a lines candidates shown
    local line

    lines=("${(@f)$("${(Q)words[1]}" completion zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ ${lines[1]} == files ]]; then
        compset -P '--*='
        _files
        return
    fi
    for line in "${(@)lines[2,-1]}"; do
        candidates+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    compadd -l -d shown -a -- candidates
}
if [[ ${funcstack[1]} == _trueup ]]; then
    _trueup "$@"
else
    compdef _trueup trueup
fi
