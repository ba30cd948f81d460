# shellcheck shell=bash

# keep FILE: what comes on standard input becomes this file at once, or not at all.
keep() {
    local new
    new=$(mktemp "$1.XXXXXX")
    if cat >"$new" && [[ -s $new ]]; then
        chmod 644 "$new"
        sync "$new" && mv "$new" "$1"
    else
        rm -f "$new"
        return 1
    fi
}
