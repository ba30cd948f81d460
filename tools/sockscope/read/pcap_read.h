/**
 * @file
 * Reading classic pcap, the format that `tcpdump -w` writes.
 */
#ifndef SOCKSCOPE_PCAP_READ_H
#define SOCKSCOPE_PCAP_READ_H

#include "pcapng_read.h"

/**
 * Tells whether a file is one.
 * @param content the file
 * @return true when it begins as one
 */
bool pcap_is(struct slice content);

/**
 * Reads a file's packets.
 * @param content the file; @ref pcap_is is true of it
 * @param visitor its function `packet` is called
 * @param trouble set to words when the file ends or goes wrong before its end; else NULL
 * @return how many packets were read
 */
size_t pcap_read(struct slice content, const struct pcapng_visitor *visitor, const char **trouble);

#endif
