/* 1.24 A waiting recv is woken by the error
 * verdict  True
 * text     recv was asleep: yes
 *          another thread sends: ok
 *          recv wakes with: ECONNREFUSED
 * needs    loopback
 */
#include "fact.h"

static int client;
static pid_t sleeper;

static void *receive(void *result) {
    char byte;
    __atomic_store_n(&sleeper, gettid(), __ATOMIC_SEQ_CST);
    *(const char **)result = outcome(recv(client, &byte, 1, 0));
    return NULL;
}

/* Whether the thread sleeps, as /proc tells it ("S" for sleeping); it gets a second for lying down. */
static bool asleep(void) {
    char path[60], state = '?';
    for (int i = 0; i < 1000 && state != 'S'; i++) {
        snprintf(path, sizeof path, "/proc/self/task/%d/stat", __atomic_load_n(&sleeper, __ATOMIC_SEQ_CST));
        FILE *file = fopen(path, "r");
        if (file && fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
            state = '?';
        if (file)
            fclose(file);
        usleep(1000);
    }
    return state == 'S';
}

int main(void) {
    pthread_t thread;
    const char *woken = NULL;
    client = udp_to(LO, NOBODY);
    pthread_create(&thread, NULL, receive, &woken);
    printf("recv was asleep: %s\n", yes(asleep()));
    printf("another thread sends: %s\n", outcome(send(client, "x", 1, 0)));
    pthread_join(thread, NULL);
    printf("recv wakes with: %s\n", woken);
}
