/**
 * @file
 * @brief What a way to do something costs, beside another way: for the probes of chapter 7.
 *
 * Only ratios are worth anything on a machine that others use, too: batches of both ways alternate, each is measured in
 * processor time of this thread, and the median of the paired ratios is what counts.
 */
#ifndef FACT_TIMING_H
#define FACT_TIMING_H

#include "fact.h"

#define ROUNDS 41
#define BATCH 1000

static inline double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline double seconds_of(void (*way)(void), int times) {
    double begin = processor_seconds();
    for (int i = 0; i < times; i++)
        way();
    return processor_seconds() - begin;
}

static inline int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* How many times the second way's cost the first one costs. */
static inline double ratio(void (*way)(void), void (*other)(void), int times) {
    double ratios[ROUNDS];
    for (int i = -2; i < ROUNDS; i++) { /* two rounds to warm up */
        double first = seconds_of(way, times), second = seconds_of(other, times);
        if (i >= 0)
            ratios[i] = first / second;
    }
    qsort(ratios, ROUNDS, sizeof *ratios, by_size);
    return ratios[ROUNDS / 2];
}

#endif
