/**
 * @file
 * `sockscope draw`: the ladder of a recording, in the terminal or as SVG.
 */
#include "commands.h"

#include "../read/load.h"
#include "terminal.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NEAR = 6 };

static const char help[] = "usage: sockscope draw [OPTION...] DIR\n"
                           "\n"
                           "Draws a recording as a ladder: a column for each program, time downwards, "
                           "calls as dots, packets as arrows.\n"
                           "  --svg            as an SVG picture on standard output\n"
                           "  --png, --pdf     as such a picture (the program rsvg-convert makes it)\n"
                           "  --narrow         a picture 360 pixels wide, for a phone\n"
                           "  --title TEXT     the picture's title\n"
                           "  --ascii          with plain characters only\n"
                           "  --width N        columns to fill (default: the terminal's, else 80)\n"
                           "  --colour WHEN    always, never or auto (default: on a terminal, unless "
                           "NO_COLOR is set)\n"
                           "  --lanes A,B      only these programs, in this order\n"
                           "  --around TEXT    only rows near those that contain TEXT, such as ICMP or "
                           "ECONNREFUSED\n"
                           "  --near N         how many rows before and after them "
                           "(default 6)\n"
                           "  --prints         also what the programs read and print\n"
                           "  --all            also packets that belong to no program, such as ARP\n"
                           "  --unix           also the calls on UNIX sockets\n"
                           "Exit status: 0, 1 if something in DIR could not be read (the rest is drawn), "
                           "2 for wrong usage.\n";

/** What the command line asks for. */
struct request {
    struct ladder_options ladder;
    enum form form;
    int width;
    const char *colour;
    const char *title;
};

static int number_of(const char *text, const char *what, int least, int most) {
    int64_t number = 0;
    size_t used = 0;
    struct slice s = slice_of(text);

    if (!slice_number(s, &number, &used) || used != s.size || number < least || number > most)
        die(USAGE, "'%s' is not a %s (%d to %d)", text, what, least, most);
    return (int)number;
}

static bool parse(int argc, char **argv, struct request *w) {
    static const struct option options[] = {
        {"svg", no_argument, NULL, 's'},          {"png", no_argument, NULL, 'P'},
        {"pdf", no_argument, NULL, 'D'},          {"ascii", no_argument, NULL, 'a'},
        {"width", required_argument, NULL, 'w'},  {"colour", required_argument, NULL, 'c'},
        {"color", required_argument, NULL, 'c'},  {"lanes", required_argument, NULL, 'l'},
        {"around", required_argument, NULL, 'r'}, {"near", required_argument, NULL, 'n'},
        {"title", required_argument, NULL, 't'},  {"prints", no_argument, NULL, 'p'},
        {"all", no_argument, NULL, 'A'},          {"unix", no_argument, NULL, 'U'},
        {"narrow", no_argument, NULL, 'N'},       {0}};
    int option = 0;

    optind = 1;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 's':
            w->form = FORM_SVG;
            break;
        case 'P':
            w->form = FORM_PNG;
            break;
        case 'D':
            w->form = FORM_PDF;
            break;
        case 'a':
            w->ladder.ascii = true;
            break;
        case 'w':
            w->width = number_of(optarg, "width", MIN_WIDTH, 1000);
            break;
        case 'c':
            w->colour = optarg;
            break;
        case 'l':
            w->ladder.lanes = optarg;
            break;
        case 'r':
            w->ladder.around = optarg;
            break;
        case 'n':
            w->ladder.near = number_of(optarg, "number of rows", 0, 1000000);
            break;
        case 't':
            w->title = optarg;
            break;
        case 'p':
            w->ladder.prints = true;
            break;
        case 'N':
            w->ladder.narrow = true;
            break;
        case 'U':
            w->ladder.on_unix = true;
            break;
        case 'A':
            w->ladder.all = true;
            break;
        default:
            return false;
        }
    }
    bool known = strcmp(w->colour, "auto") == 0 || strcmp(w->colour, "always") == 0 || strcmp(w->colour, "never") == 0;
    if (!known)
        complain("--colour is always, never or auto, not '%s'", w->colour);
    return known && optind + 1 == argc;
}

int draw_recording(const char *folder, const struct ladder_options *options, enum form form, const char *title,
                   int width, bool colours, FILE *file) {
    struct recording r;
    struct ladder l = {0};
    struct buffer out = {0};
    int status = FAILED;

    buffer_text(&out, "");
    if (recording_load(folder, &r) && ladder_build(&r, options, &l)) {
        if (form != FORM_TEXT && options->narrow)
            ladder_svg_narrow(&l, title, &out);
        else if (form != FORM_TEXT)
            ladder_svg(&l, title, &out);
        else
            ladder_print(&l, width, colours, &out, file);
        status = r.problems ? FAILED : DONE;
        if (form == FORM_PNG || form == FORM_PDF) {
            int converted = convert_svg(&out, form, file);
            status = converted == DONE ? status : converted;
        } else if (fwrite(out.at, 1, out.size, file) != out.size || ferror(file) || fflush(file) != 0) {
            complain("output failed: %s", strerror(errno));
            status = FAILED;
        }
    }
    ladder_free(&l);
    recording_free(&r);
    buffer_free(&out);
    return status;
}

int command_draw(int argc, char **argv) {
    struct request w = {.ladder.near = NEAR, .colour = "auto"};

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return DONE;
    }
    if (!parse(argc, argv, &w)) {
        fputs(help, stderr);
        return USAGE;
    }
    if ((w.form == FORM_PNG || w.form == FORM_PDF) && isatty(STDOUT_FILENO))
        die(USAGE, "a terminal cannot show this picture: write it into a file, as in '... >picture'");
    bool colours = strcmp(w.colour, "auto") == 0 ? wants_colours(STDOUT_FILENO) : strcmp(w.colour, "always") == 0;
    w.ladder.ascii = w.ladder.ascii || needs_ascii(STDOUT_FILENO);
    return draw_recording(argv[optind], &w.ladder, w.form, w.title, w.width ? w.width : terminal_width(STDOUT_FILENO),
                          colours, stdout);
}
