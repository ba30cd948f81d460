/**
 * @file
 * Pictures of other kinds: rsvg-convert makes them of an SVG picture.
 */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_INSTALLED = 127 };

/** A PNG has twice as many pixels as the picture is wide, for sharp letters. */
static _Noreturn void become_converter(int svg, enum form form, int out) {
    const char *kind = form == FORM_PNG ? "--format=png" : "--format=pdf";
    const char *zoom = form == FORM_PNG ? "--zoom=2" : "--zoom=1";

    if (dup2(svg, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(FAILED);
    execlp("rsvg-convert", "rsvg-convert", kind, zoom, (char *)NULL);
    _exit(NOT_INSTALLED);
}

int convert_svg(const struct buffer *svg, enum form form, FILE *file) {
    int status = 0;
    int fd = memfd_create("picture", MFD_CLOEXEC);

    if (fd < 0 || write(fd, svg->at, svg->size) != (ssize_t)svg->size || lseek(fd, 0, SEEK_SET) < 0)
        die(FAILED, "cannot keep the picture: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0)
        become_converter(fd, form, fileno(file));
    close(fd);
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        die(FAILED, "cannot start rsvg-convert: %s", strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_INSTALLED)
        complain("cannot run rsvg-convert, which makes this picture (is the package librsvg2-bin installed?)");
    else if (status != 0)
        complain("rsvg-convert could not make this picture; --svg can");
    return status == 0 ? DONE : FAILED;
}
