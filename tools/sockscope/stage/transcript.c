/**
 * @file
 * Reading and writing transcripts.
 */
#include "transcript.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static const char files_begin[] = "files\n";

static char *read_file(const char *folder, const char *name) {
    struct buffer path = {0}, content = {0};
    char piece[4096];
    size_t count = 0;

    buffer_format(&path, "%s/%s", folder, name);
    FILE *file = fopen(path.at, "re");
    while (file && (count = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_add(&content, piece, count);
    if (file)
        fclose(file);
    buffer_free(&path);
    return content.at;
}

char *transcript_find(const char *folder, const struct buffer *told) {
    DIR *all = opendir(folder);
    char *found = NULL;

    for (const struct dirent *entry; !found && all && (entry = readdir(all));) {
        char *text = entry->d_name[0] == '.' ? NULL : read_file(folder, entry->d_name);
        if (text && strncmp(text, told->at, told->size) == 0)
            found = text;
        else
            free(text);
    }
    if (all)
        closedir(all);
    return found;
}

static void note_file(const struct scene *s, struct buffer *text, const char *name, const char *ending) {
    struct buffer path = {0};
    struct stat about;

    buffer_format(&path, "%s/%s%s", s->folder, name, ending);
    if (stat(path.at, &about) == 0)
        buffer_format(text, "%s%s\x1f%s\x1f%lld\n", name, ending, path.at, (long long)about.st_size);
    buffer_free(&path);
}

/** Others may read at any time: the file is whole when it is there. */
static void put_in_place(const char *folder, const struct buffer *text) {
    struct buffer draft = {0}, path = {0};

    buffer_format(&draft, "%s/.XXXXXX", folder);
    int fd = mkstemp(draft.at);
    if (fd >= 0) {
        buffer_format(&path, "%s/%s", folder, strrchr(draft.at, '.') + 1);
        if (write(fd, text->at, text->size) != (ssize_t)text->size || rename(draft.at, path.at) < 0)
            unlink(draft.at); // then the others play for themselves
        close(fd);
    }
    buffer_free(&draft);
    buffer_free(&path);
}

void transcript_write(const struct scene *s, const char *folder, const struct buffer *told) {
    struct buffer text = {0}, lane = {0};

    if (mkdir(folder, 0777) < 0 && errno != EEXIST)
        return;
    buffer_add(&text, told->at, told->size);
    buffer_text(&text, files_begin);
    for (size_t i = 0; i < s->program_count; i++) {
        const char *name = s->programs[i]->name;
        note_file(s, &text, name, ".printed");
        note_file(s, &text, name, ".err");
        lane.size = 0;
        buffer_format(&lane, "recording/%s", name);
        note_file(s, &text, lane.at, ".calls");
    }
    note_file(s, &text, "recording/" HERE, ".pcapng");
    put_in_place(folder, &text);
    buffer_free(&text);
    buffer_free(&lane);
}

/** Puts the first bytes of a file into the scene's folder, where its own capture may have one of this name open. */
static bool copy_file(const struct scene *s, char *line) {
    char *name = strsep(&line, "\x1f"), *from = strsep(&line, "\x1f");
    struct buffer to = {0};
    off_t size = line ? strtoll(line, NULL, 10) : -1;

    buffer_format(&to, "%s/%s", s->folder, name);
    int source = from ? open(from, O_RDONLY | O_CLOEXEC) : -1;
    bool done = source >= 0 && size >= 0 && (unlink(to.at) == 0 || errno == ENOENT);
    int copy = done ? open(to.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    while (copy >= 0 && size > 0) {
        ssize_t count = sendfile(copy, source, NULL, (size_t)size);
        if (count <= 0)
            break;
        size -= count;
    }
    done = copy >= 0 && size == 0;
    if (source >= 0)
        close(source);
    if (copy >= 0)
        close(copy);
    buffer_free(&to);
    return done;
}

/** The scene's own file of packets, which it goes on to write, steps aside. */
static void move_packets(const struct scene *s, const char *from, const char *to) {
    struct buffer old = {0}, new = {0};

    buffer_format(&old, "%s/%s", s->folder, from);
    buffer_format(&new, "%s/%s", s->folder, to);
    if (rename(old.at, new.at) < 0 && errno != ENOENT)
        complain("cannot move '%s': %s", old.at, strerror(errno));
    buffer_free(&old);
    buffer_free(&new);
}

bool transcript_take(const struct scene *s, const char *folder, const struct buffer *told) {
    struct buffer whole = {0}, files = {0};
    char *line = NULL;

    buffer_format(&whole, "%s%s", told->at, files_begin);
    char *transcript = transcript_find(folder, &whole);
    bool done = transcript != NULL;
    if (done) {
        buffer_text(&files, transcript + whole.size);
        move_packets(s, "recording/" HERE ".pcapng", "own.pcapng");
    }
    while ((line = take_line(&files))) {
        done = copy_file(s, line) && done;
        free(line);
    }
    if (transcript && !done)
        transcript_give_back(s);
    free(transcript);
    buffer_free(&whole);
    buffer_free(&files);
    return done;
}

void transcript_give_back(const struct scene *s) {
    move_packets(s, "own.pcapng", "recording/" HERE ".pcapng");
}
