# The ladders in the Markdown are what the scenes draw today, but for times, ports, and who was quicker.

bats_require_minimum_version 1.5.0

@test "every ladder on a page is what its scene draws" {
    cd "$BATS_TEST_DIRNAME/../.."
    local page copy found=0
    for page in README.md labs/*/README.md; do
        grep -q '^<!-- ladder ' "$page" || { echo "$page shows no ladder"; false; }
        copy=$BATS_TEST_TMPDIR/$(tr / - <<<"$page")
        cp "$page" "$copy"
        tests/support/transcripts "$copy" 3>&-
        diff <(tests/support/transcripts --words <"$page") <(tests/support/transcripts --words <"$copy") || {
            echo "$page: if the new ladder is right: tests/support/transcripts $page"
            found=1
        }
    done
    [ "$found" -eq 0 ]
}
