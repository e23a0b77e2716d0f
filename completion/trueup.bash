# Completion of trueup for bash: `source <(trueup completion bash)`, or this text as the file trueup
# in ~/.local/share/bash-completion/completions. trueup itself tells what may follow.
_trueup() {
    local program=${1/#\~/$HOME} current=${COMP_WORDS[COMP_CWORD]} word plain line quoted
    local -a words=() lines=()

    # bash parts --org=a into three words. What is quoted stands here with its quotes.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        plain=${word//[\\\"\']/}
        [[ $word == '=' ]] || words+=("$plain")
    done
    if [[ $current == '=' ]]; then
        current=''
        words+=('')
    fi
    plain=${current//[\\\"\']/}

    COMPREPLY=()
    mapfile -t lines < <("$program" completion bash -- "${words[@]}" 2>/dev/null)
    if [[ ${lines[0]:-} == files ]]; then
        compopt -o default
        return
    fi
    for line in "${lines[@]:1}"; do
        word=${line%%$'\t'*}
        [[ $word == "$plain"* ]] || continue
        printf -v quoted '%q' "$word"
        # Within quotes that the person opened only what needs none can be put.
        if [[ $current != [\"\']* ]]; then
            COMPREPLY+=("$quoted")
        elif [[ $quoted == "$word" ]]; then
            COMPREPLY+=("$word")
        fi
    done
}
complete -F _trueup trueup
