# tools/grade: what it takes for whom, from what learning platforms deliver. Nothing is checked here.
bats_require_minimum_version 1.5.0

load grading

setup() {
    first_labs
    CLASS=$BATS_TEST_TMPDIR/class OUT=$BATS_TEST_TMPDIR/out
    mkdir "$CLASS"
    cd "$CLASS" || return
}

take() {
    run -0 "$TOP/tools/grade" "${TAKING[@]}" --out "$OUT" "${1:-$CLASS}"
}

@test "a folder for each student, with the labs' folders in it" {
    handed "ada/${LABS[0]}/$PROGRAM.c" a
    handed "bob/${LABS[1]}/$SECOND.c" b
    echo notes >bob/notes.txt
    take
    [ "$(ids)" = "ada bob" ]
    [ "$(taken ada "${LABS[0]}")" = "ada/${LABS[0]}/$PROGRAM.c" ]
    [ "$(taken ada "${LABS[1]}")" = missing ]
    [ "$(left bob)" = "bob/notes.txt: no lab asks for it" ]
    shown "2 students, 2 labs, 2 answers"
}

@test "Moodle's folders: names and numbers are kept, ids are safe for files" {
    handed "Ada Lovelace_12345_assignsubmission_file_/$PROGRAM.c" a
    handed "Ada Lovelace_12345_assignsubmission_onlinetext_/onlinetext.html"
    handed "Jörg Müller_7_assignsubmission_file_/deep/er/$PROGRAM.c" b
    take
    [ "$(ids)" = "ada-lovelace-12345 jorg-muller-7" ]
    [ "$(taken jorg-muller-7 "${LABS[0]}")" = "Jörg Müller_7_assignsubmission_file_/deep/er/$PROGRAM.c" ]
    gojq -e '.students[1] | .name == "Jörg Müller" and .number == "7" and .platform == "moodle"' "$OUT/class.json"
}

@test "Canvas's flat files: the parts of a name, what it adds to a second attempt, and who is late" {
    handed "lovelaceada_123_456_$PROGRAM-2.c" a
    handed "lovelaceada_123_457_$SECOND.c" b
    handed "hoppergrace_LATE_99_458_$PROGRAM.c" c
    take
    [ "$(ids)" = "hoppergrace-99 lovelaceada-123" ]
    [ "$(taken lovelaceada-123 "${LABS[0]}")" = "lovelaceada_123_456_$PROGRAM-2.c" ]
    [ "$(taken lovelaceada-123 "${LABS[1]}")" = "lovelaceada_123_457_$SECOND.c" ]
    gojq -e '.students[0].late and (.students[1].late | not) and .students[0].number == "99"' "$OUT/class.json"
}

@test "Gradescope's export says who is behind a number, and when it came" {
    handed "assignment_1_export/submission_111/$PROGRAM.c" a
    handed "assignment_1_export/submission_222/$PROGRAM.c" b
    cat >assignment_1_export/submission_metadata.yml <<'YML'
submission_111:
  :submitters:
  - :name: Ada Lovelace
    :sid: '4711'
  :created_at: 2026-11-20 22:58:12.000000000 Z
submission_222:
  :submitters:
  - :name: Grace Hopper
  :created_at: 2026-11-21 08:00:00.000000000 Z
YML
    take
    [ "$(ids)" = "ada-lovelace-111 grace-hopper-222" ]
    gojq -e '.students[1] | .name == "Grace Hopper" and .submitted == "2026-11-21T08:00:00Z"' "$OUT/class.json"
}

@test "GitHub Classroom's repositories: what all names begin with is left out, and so is .git" {
    local name
    for name in ada-l grace.h linus; do
        handed "udp-labs-$name/labs/${LABS[0]}/$PROGRAM.c" "$name"
        handed "udp-labs-$name/.git/$PROGRAM.c" other
    done
    take
    [ "$(ids)" = "ada-l grace-h linus" ]
    [ "$(taken linus "${LABS[0]}")" = "udp-labs-linus/labs/${LABS[0]}/$PROGRAM.c" ]
}

@test "one archive of all, archives for each, and both at once" {
    handed "Ada_1_assignsubmission_file_/$PROGRAM.c" a
    (handed "work/labs/$PROGRAM.c" b && bsdtar -a -cf Bob_2_assignsubmission_file_answers.zip work && rm -r work)
    mkdir cid && (cd cid && handed "$SECOND.c" c && tar -cJf cid.tar.xz "$SECOND.c" && rm "$SECOND.c")
    (cd "$CLASS" && bsdtar -a -cf ../all.zip -- *)
    local given
    for given in "$CLASS" "$BATS_TEST_TMPDIR/all.zip"; do
        take "$given"
        [ "$(ids)" = "ada-1 bob-2 cid" ]
        [ "$(taken bob-2 "${LABS[0]}")" = "Bob_2_assignsubmission_file_answers.zip/work/labs/$PROGRAM.c" ]
        [ "$(taken cid "${LABS[1]}")" = "cid/cid.tar.xz/$SECOND.c" ]
    done
    [ -z "$(find "$CLASS" -newer "$OUT/class.json")" ]
}

@test "a source that was renamed on the way is found" {
    local number=0 name
    for name in "$PROGRAM-2.c" "$PROGRAM (1).c" "$PROGRAM(1).c" "${PROGRAM}_3.c" \
        "Copy of $PROGRAM.c" "$PROGRAM - Copy.c" "${PROGRAM^^}.C" "$PROGRAM.c.txt"; do
        handed "student$number/$name" "$number"
        number=$((number + 1))
    done
    take
    for ((number = 0; number < 8; number++)); do
        [ "$(taken "student$number" "${LABS[0]}")" != missing ]
    done
}

@test "a name that no lab asks for is no zero: a person looks, and what may be meant is named" {
    handed "ada/${PROGRAM}_final.c" a && handed "ada/$SECOND.c" b
    handed "bob/main.c" c
    handed "eve/text.html"
    handed "dan/$SECOND.c" d && handed "dan/notes.c" e
    take
    [ "$(taken ada "${LABS[0]}")" = ambiguous ]
    shown "?? ada: $PROGRAM.c could be ada/${PROGRAM}_final.c"
    [ "$(taken bob "${LABS[0]}")" = unnamed ]
    shown "?? bob: no file has a name that a lab asks for: bob/main.c"
    [ "$(taken eve "${LABS[1]}")" = unnamed ]
    [ "$(taken dan "${LABS[0]}")" = missing ]
    [ "$(left dan)" = "dan/notes.c: no lab asks for it" ]
}

@test "a lab that is left out is no question" {
    handed "ada/$PROGRAM.c" a && handed "bob/$SECOND.c" b
    TAKING=(--take-only --labs "${LABS[0]}")
    take
    [ "$(taken bob "${LABS[0]}")" = missing ]
}

@test "what is ambiguous is listed and not guessed; copies and the starter beside an answer are not" {
    handed "two/$PROGRAM.c" one && handed "two/backup/$PROGRAM.c" other
    handed "same/$PROGRAM.c" one && handed "same/backup/$PROGRAM.c" one
    handed "starter/mine/$PROGRAM.c" one && mkdir -p starter/labs && cp "$TOP/labs/${LABS[0]}/$PROGRAM.c" starter/labs/
    take
    [ "$(taken two "${LABS[0]}")" = ambiguous ]
    shown "?? two: $PROGRAM.c could be two/"
    [ "$(taken same "${LABS[0]}")" = "same/$PROGRAM.c" ]
    [ "$(left same)" = "same/backup/$PROGRAM.c: another copy" ]
    [ "$(taken starter "${LABS[0]}")" = "starter/mine/$PROGRAM.c" ]
    handed "$PROGRAM.c" nobody
    handed "x_notes_$PROGRAM.txt"
    take
    shown "??"
}

@test "strange names are names only" {
    local name
    for name in "O'Brien(2)" 'x%y' '-rf' $'new\nline' '$(touch run)' 'a b' '=1+1' $'bad\xff' 'Ünal'; do
        handed "$name/$PROGRAM.c" "$name"
    done
    take
    [ "$(gojq '.students | length' "$OUT/class.json")" -eq 9 ]
    gojq -e 'all(.students[]; .id | test("^[a-z0-9][a-z0-9-]*$"))' "$OUT/class.json"
    gojq -e '[.students[].id] | unique | length == 9' "$OUT/class.json"
    gojq -e 'all(.students[].labs[0]; .state == "taken")' "$OUT/class.json"
    [ -z "$(find "$BATS_TEST_TMPDIR" "$TOP" -maxdepth 1 -name run)" ]
}

@test "links, pipes, and paths out of an archive lead nowhere" {
    echo "int secret;" >"$BATS_TEST_TMPDIR/secret.c"
    mkdir link pipe up
    ln -s "$BATS_TEST_TMPDIR/secret.c" "link/$PROGRAM.c"
    mkfifo "pipe/$PROGRAM.c"
    handed "$PROGRAM.c" up
    tar -cPf up/up.tar --transform "s|^|../../../../../../..$BATS_TEST_TMPDIR/escaped/|" "$PROGRAM.c"
    tar -cPf up/absolute.tar --transform "s|^|$BATS_TEST_TMPDIR/escaped/|" "$PROGRAM.c"
    rm "$PROGRAM.c"
    (cd link && tar -cf ../link.tar "$PROGRAM.c")
    take
    [ ! -e "$BATS_TEST_TMPDIR/escaped" ]
    [ "$(left link | LC_ALL=C sort)" = "link.tar/$PROGRAM.c (not a regular file): not a regular file
link/$PROGRAM.c: not a regular file" ]
    [ "$(left pipe)" = "pipe/$PROGRAM.c: not a regular file" ]
    run -1 grep -r secret "$OUT/sources"
}

@test "an archive that is damaged, locked, too large or too full needs a person, and holds nobody up" {
    mkdir ada cut bomb many
    handed "ada/$PROGRAM.c" a
    (cd cut && handed "$PROGRAM.c" && bsdtar -a -cf a.zip "$PROGRAM.c" && rm "$PROGRAM.c" && truncate -s 100 a.zip)
    head -c 200M /dev/zero >bomb/zeros && (cd bomb && tar -czf a.tgz zeros && rm zeros)
    (cd many && seq 2100 | xargs touch && tar -cf ../many.tar . && find . -type f -delete && mv ../many.tar .)
    take
    [ "$(taken ada "${LABS[0]}")" = "ada/$PROGRAM.c" ]
    local id
    for id in cut bomb many; do
        [ "$(taken "$id" "${LABS[0]}")" = damaged ]
    done
    [[ $(left bomb) == *"too large"* ]]
    [[ $(left many) == *"more than 2000 files"* ]]
    shown "!! cut: cut/a.zip: it cannot be read"
}

@test "where no box can be made, an archive is unpacked in a folder with any name" {
    mkdir ada "$BATS_TEST_TMPDIR/it's a folder"
    handed "ada/$PROGRAM.c" a
    tar -C ada -czf ada.tgz "$PROGRAM.c"
    export TMPDIR="$BATS_TEST_TMPDIR/it's a folder" UDPLAB_BOX=none UDPLAB_BOX_USER=
    "$TOP/tools/grading/unpack" ada.tgz unpacked
    diff -r ada unpacked
    [ -z "$(ls -A "$TMPDIR")" ]
    truncate -s 20 ada.tgz
    run -1 "$TOP/tools/grading/unpack" ada.tgz cut
    shown "it cannot be read"
    [ ! -e cut ]
    [ -z "$(ls -A "$TMPDIR")" ]
}

@test "a folder of one student's work is that student's" {
    handed "${LABS[0]}/$PROGRAM.c" a
    take
    [ "$(ids)" = class ]
    [ "$(taken class "${LABS[0]}")" = "${LABS[0]}/$PROGRAM.c" ]
}

@test "wrong usage names what is wrong" {
    run -2 --separate-stderr "$TOP/tools/grade"
    run -2 --separate-stderr "$TOP/tools/grade" --out "$OUT" "$CLASS/nobody"
    # shellcheck disable=SC2154
    [[ $stderr == *"cannot find $CLASS/nobody: it must be a folder or an archive"* ]]
    run -2 --separate-stderr "$TOP/tools/grade" --pints x "$CLASS"
    [[ $stderr == *"there is no option --pints"* ]]
    echo no >bad.zip
    run -2 --separate-stderr "$TOP/tools/grade" "${TAKING[@]}" --out "$OUT" bad.zip
    [[ $stderr == *"bad.zip: it cannot be read"* ]]
}
