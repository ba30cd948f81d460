# make predict-NN: the questions of a handout first, and its answers only after the student's.
bats_require_minimum_version 1.5.0

load copies

LAB=$(labs | sed -n 2p)
N=${LAB%%-*}

setup_file() {
    copy_tree "$BATS_FILE_TMPDIR/kit"
}

setup() {
    cp -a "$BATS_FILE_TMPDIR/kit" "$BATS_TEST_TMPDIR/udplab"
    cd "$BATS_TEST_TMPDIR/udplab" || return
    KEPT=labs/$LAB/predictions.txt
}

# plain: Markdown and HTML as the bare words, one line per question.
questions() {
    sed -n '/^## Predict first/,/^## Background/p' "labs/$1/README.md" |
        awk '/^[0-9]+\. / { on = 1; printf "%s", sep; sep = "\n" } /^$|^##/ { on = 0 } on { sub(/^ +/, " "); printf "%s", $0 } END { print "" }' | tr -d '`*'
}

@test "every handout has the questions first, and at its end the same questions with answers that unfold" {
    local lab
    for lab in $(labs); do
        [ "$(questions "$lab" | wc -l)" -ge 2 ]
        diff <(questions "$lab") <(sed '1,/^## Answers to the predictions/d' "labs/$lab/README.md" |
            awk '/^<summary>/ { on = 1 } on { printf "%s%s", sep, $0; sep = " " } /<\/summary>/ { on = 0; sep = ""; print "" }' |
            sed -E 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')
        [ "$(grep '^## ' "labs/$lab/README.md" | tail -n 1)" = "## Answers to the predictions" ]
        run -1 grep -n '<details>' <(sed -n '/^## Predict first/,/^## Background/p' "labs/$lab/README.md")
    done
}

@test "an answer of the handout comes after the student's, and not before" {
    run -0 make "predict-$N" <<<"none, I think" 3>&-
    shown "1. How many packets does connect put on the wire"
    shown "UDP: none, not even a probe."
    shown "2. No server is running."
    not_shown "Nobody can have refused it"
    not_shown "3. The server answers"
    shown "To go on: make predict-$N"
    [ "$(<"$KEPT")" = "1. none, I think" ]
}

@test "it goes on where it ended, and keeps every answer as it was typed" {
    printf 'none\n   \n$(id) "2" \\n *\n' | make "predict-$N" >said 2>&1 3>&-
    run -0 make "predict-$N" <<<"no" 3>&-
    [ "$(<"$KEPT")" = $'1. none\n2. $(id) "2" \\n *\n3. no' ]
    shown 'your answer: $(id) "2" \n *'
    shown "Your answers are kept in"$'\n'"   $KEPT"$'\n'"Next: make check-$N"
    cp "$KEPT" before
    run -0 make "predict-$N" </dev/null 3>&-
    shown "your answer: none"
    cmp "$KEPT" before
}

@test "every answer of every handout is shown whole, in plain text of 80 columns" {
    local lab word
    for lab in $(labs); do
        yes no | make "predict-${lab%%-*}" >said 2>&1 3>&- || true
        run -1 grep -nE '</?(details|summary|code|em|strong|p)>|&lt;|^```' said
        while read -r word; do
            grep -qF -- "$word" said || { echo "$lab: $word is not shown" && return 1; }
        done < <(sed '1,/^## Answers to the predictions/d; /^<!-- way -->/,$d' "labs/$lab/README.md" |
            sed 's/<[^>]*>//g' | tr ' ' '\n' | grep -E '^[A-Za-z]{5,}$' | sort -u)
        [ "$(wc -L <said)" -le 80 ] || { echo "$lab" && awk 'length > 80' said && return 1; }
    done
}

@test "a handout without predictions is named" {
    sed -i '/^## Answers to the predictions/,$d' "labs/$LAB/README.md"
    run -2 make "predict-$N" 3>&-
    shown "predict: labs/$LAB/README.md has no predictions to ask for"
}
