/**
 * @file
 * A scene: its hosts and its programs.
 *
 * All times are milliseconds of the monotonic clock.
 */
#ifndef SOCKSCOPE_SCENE_H
#define SOCKSCOPE_SCENE_H

#include "../record/capture.h"
#include "address_plan.h"
#include "protocol.h"

#include <sys/types.h>

/** The scene's first network, where programs start that are on no host. */
#define HERE "here"

/** How a program is started. */
enum program_kind {
    KIND_GIVEN,      ///< `given`: the kit's own
    KIND_ANSWER,     ///< `answer`: under test
    KIND_SANITIZED,  ///< `sanitized`: under test, and built with sanitizers
    KIND_MEMCHECK,   ///< `memcheck`: under test, and under Valgrind, whose report goes to FOLDER/NAME.xml
    KIND_TERMINAL,   ///< `terminal`: with the terminal that the stage was given, in its foreground
    KIND_UNRECORDED, ///< `unrecorded`: as `terminal`, without a recording of its calls
};

/**
 * @param kind how a program is started
 * @return whether it is a student's, and not the kit's
 */
bool is_under_test(enum program_kind kind);

/** A program, from its start on. */
struct program {
    char *name;              ///< its lane's
    enum program_kind kind;  ///< how it was started
    int execs_before;        ///< how many execve(2) calls its process makes before it becomes the program
    char *calls;             ///< path of its recorded calls
    pid_t recorder;          ///< our child: strace, or the program itself where it is not recorded
    pid_t self;              ///< the program itself; 0 before its execve
    int64_t begun;           ///< when that was
    int64_t started;         ///< when we began to start it
    int64_t lifetime;        ///< how long it may take from its execve on
    bool outlived;           ///< it was killed because that was over
    bool ended;              ///< the recorder has ended
    bool told;               ///< and that was told
    int status;              ///< its exit status then, or 128 and the signal's number
    int typed;               ///< the FIFO from which its input comes; -1 when there is none any more
    int in;                  ///< its standard input; -1 when that is closed
    struct buffer typed_now; ///< what was typed since the last command, in a scene that others may share
    struct buffer waiting;   ///< what was typed and does not fit into its standard input yet
    bool finishing;          ///< its standard input ends when that is written
    int out;                 ///< its standard output; -1 after its end
    struct buffer printed;   ///< what came from there and is not read yet
    int lines;               ///< how many lines were read
    FILE *transcript;        ///< takes these lines
    int report;              ///< where Valgrind's report comes from; -1 when there is none
    int report_file;         ///< where it goes to
};

/** A network of the scene that is captured: a host's, or the first one. */
struct machine {
    char *name;                  ///< the host's
    int netns;                   ///< its network namespace
    struct capture capture;      ///< its packets
    struct address_plan plan;    ///< its addresses; none of HERE
    bool relayed;                ///< a relay stands in its cable
    int bridges[MOST_ADDRESSES]; ///< of each interface: the bridge that it is on
};

/** A scene. */
struct scene {
    const char *folder;        ///< for all that is written about it
    const char *recording;     ///< the recording, a folder in there
    bool is_private;           ///< it has namespaces of its own
    int guard;                 ///< a pipe that ends when the guard dies
    int64_t end;               ///< when no wait goes on any more; INT64_MAX when that was not said
    struct machine *hosts;     ///< the first one is HERE, if it is captured
    size_t host_count;         ///< how many
    size_t host_capacity;      ///< how many fit
    int bridge_count;          ///< how many bridges join them
    struct program **programs; ///< in the order in which they were started; a name may come again
    size_t program_count;      ///< how many
    size_t program_capacity;   ///< how many fit
    const char *box_filter;    ///< path of the filter of system calls in boxes; NULL when there are no boxes
    const char *box_user;   ///< number of the user that boxed programs become first; NULL when they stay who they are
    int children;           ///< a signalfd(2) that tells of their ends
    int terminal[3];        ///< descriptors for programs that get the terminal; -1 when there is none
    struct share *share;    ///< what it has in common with other scenes; NULL when it is alone
    bool agreed;            ///< the last verdict was a yes
    bool quiet;             ///< commands are carried out that were answered before
    struct buffer commands; ///< what was said to us and is not answered yet
};

/**
 * Says the verdict on a command, unless the scene is quiet.
 * @param s     the scene, which notes whether it is a yes
 * @param words the verdict, the last one NULL
 */
void scene_tell(struct scene *s, const char *const *words);

/** Says the verdict that consists of these words. */
#define tell_verdict(s, ...) scene_tell(s, (const char *const[]){__VA_ARGS__, NULL})

/** @return the time */
int64_t scene_now(void);

/**
 * Finds a program.
 * @param s    the scene
 * @param name its lane's
 * @return the last one that was started with this name; NULL when there is none
 */
struct program *scene_program(const struct scene *s, const char *name);

/**
 * Finds a host.
 * @param s    the scene
 * @param name its name
 * @return the host, or NULL
 */
struct machine *scene_host(const struct scene *s, const char *name);

#endif
