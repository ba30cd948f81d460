# Every script that people call answers --help and wrong usage in the same way, and names labs alike.
bats_require_minimum_version 1.5.0

load copies

setup() {
    cd "$TOP" || return
    # bats calls its formatter, nobody else does.
    mapfile -t SCRIPTS < <(find tools tools/hooks tests/bench -maxdepth 1 -type f -executable ! -name format | sort)
    [ "${#SCRIPTS[@]}" -ge 15 ]
}

@test "--help says how to call it and what it does, and does nothing else" {
    local script option
    for script in "${SCRIPTS[@]}"; do
        for option in --help -h; do
            run --separate-stderr -0 timeout 60 "$script" "$option" </dev/null 3>&-
            [[ ${lines[0]} == "usage: $script"* ]] || { echo "$script $option: $output" && return 1; }
            [ "$(grep -c . <<<"$output")" -ge 2 ]
            # shellcheck disable=SC2154
            [ -z "$stderr" ]
        done
    done
}

@test "--help works from any folder" {
    cd /
    run -0 "$TOP/tools/hint" --help 3>&-
    shown "usage: tools/hint"
    cd "$TOP/tools"
    run -0 bash hint --help 3>&-
    shown "usage: tools/hint"
}

@test "wrong usage says what is wrong and how to call it, on standard error, with status 2" {
    local script
    for script in "${SCRIPTS[@]}"; do
        run --separate-stderr -2 timeout 60 "$script" --no-such-option </dev/null 3>&-
        [[ $stderr == "${script##*/}: there is no option --no-such-option"$'\n'"usage: $script"* ]] ||
            { echo "$script: $stderr" && return 1; }
        [ -z "$output" ]
    done
}

@test "a missing argument and one too many are wrong usage, too" {
    run -2 tools/hint 3>&-
    [ "$output" = $'hint: an argument is missing\nusage: tools/hint LAB [TASK]' ]
    run -2 tools/doctor please now 3>&-
    [ "$output" = $'doctor: too many arguments: please now\nusage: tools/doctor' ]
}

@test "a lab goes by its number, its name or its folder" {
    local first text
    first=$(labs | head -n 1)
    # shellcheck source=tools/prelude.bash
    source tools/prelude.bash
    for text in "$first" "${first%%-*}" "$((10#${first%%-*}))" "labs/$first" "labs/$first/"; do
        [ "$(find_lab "$text")" = "$first" ]
    done
}

@test "a lab that does not exist is answered with those whose name is like it, or with all" {
    run -2 tools/hint "$(labs | sed -n '1s/.*-//p')x" 3>&-
    [[ $output == *"The labs are:"$'\n'"  $(labs | head -n 1)"* ]]
    local last
    last=$(labs | tail -n 1)
    run -2 tools/hint "${last#*-}" 3>&-
    [ "$output" = "hint: there is no lab ${last#*-}. Did you mean:"$'\n'"  $last" ]
    run -2 tools/hint 9999999999999999999999 3>&-
    shown "The labs are:"
}

@test "colours are for a terminal that wants them" {
    command -v script >/dev/null || skip "script is not installed"
    run -0 env TERM=xterm script -qec "tools/progress" /dev/null 3>&-
    shown $'\e['
    run -0 env TERM=dumb script -qec "tools/progress" /dev/null 3>&-
    not_shown $'\e['
}

@test "what is wrapped goes on below the beginning of its line" {
    run bash -c 'source tools/prelude.bash && wrap 20 4' <<END
  one two three four five
        deeper and deeper
END
    [ "$output" = "  one two three four
    five
        deeper and
        deeper" ]
}
