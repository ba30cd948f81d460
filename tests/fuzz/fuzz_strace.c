/**
 * @file
 * Fuzz target: any bytes as strace's output, through to JSON, text and SVG. Nothing may crash, hang or read
 * outside.
 */
#include "tools/sockscope/commands/commands.h"
#include "tools/sockscope/read/calls.h"
#include "tools/sockscope/read/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct ladder_options options = {.prints = true, .all = true, .on_unix = true};
    struct recording r = {0};
    struct ladder l = {0};
    struct buffer out = {0};

    recording_lane(&r, slice_of("program"));
    calls_read(&r, 0, "input", (struct slice){(const char *)data, size});
    recording_finish(&r);
    events_print(&r, &out, NULL);
    if (ladder_build(&r, &options, &l)) {
        ladder_print(&l, 80, true, &out, NULL);
        ladder_svg(&l, NULL, &out);
    }
    ladder_free(&l);
    recording_free(&r);
    buffer_free(&out);
    return 0;
}
