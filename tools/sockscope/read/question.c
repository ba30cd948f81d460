/**
 * @file
 * Whether a recording has a call or a packet like this one.
 */
#include "question.h"

#include "load.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/** The question. A word that was not given is NULL. */
struct question {
    enum event_kind kind;
    const char *lane; ///< of a program or of one of its processes
    const char *name; ///< a call's action, or a packet's protocol in whatever case
    const char *to, *from, *of, *option, *returning, *failing;
    const char *saying, *about, *reaching;
    const char *before, *after, *times;
    int64_t wanted; ///< how many that is
};

/** The words of a question, and where their values are kept. */
static const struct {
    const char *word;
    bool of_calls, of_packets;
    size_t at;
} words[] = {{"to", true, true, offsetof(struct question, to)},
             {"from", true, true, offsetof(struct question, from)},
             {"of", true, true, offsetof(struct question, of)},
             {"option", true, false, offsetof(struct question, option)},
             {"returning", true, false, offsetof(struct question, returning)},
             {"failing", true, false, offsetof(struct question, failing)},
             {"saying", false, true, offsetof(struct question, saying)},
             {"about", false, true, offsetof(struct question, about)},
             {"reaching", false, true, offsetof(struct question, reaching)},
             {"before", true, true, offsetof(struct question, before)},
             {"after", true, true, offsetof(struct question, after)},
             {"times", true, true, offsetof(struct question, times)}};

static bool keep_word(struct question *q, const char *word, const char *value) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool belongs = q->kind == EVENT_CALL ? words[i].of_calls : words[i].of_packets;
        if (!belongs || strcmp(words[i].word, word) != 0)
            continue;
        memcpy((char *)q + words[i].at, &value, sizeof value);
        return true;
    }
    complain("'%s' is not a word for a %s; sockscope has --help lists them", word,
             q->kind == EVENT_CALL ? "call" : "packet");
    return false;
}

/** One of the calls that `send` and `recv` stand for: a question about it alone would never match. */
static bool is_variant(const char *name) {
    return (strncmp(name, "send", 4) == 0 || strncmp(name, "recv", 4) == 0) && name[4] != '\0' &&
           strcmp(name, "recv-error") != 0;
}

/** Reads KIND LANE NAME [WORD VALUE]... */
static bool read_question(int count, char **word, struct question *q) {
    size_t used = 0;

    if (count < 3 || count % 2 == 0) {
        complain("each word needs a value after it; sockscope has --help explains them");
        return false;
    }
    if (strcmp(word[0], "call") != 0 && strcmp(word[0], "packet") != 0) {
        complain("'%s' is neither call nor packet", word[0]);
        return false;
    }
    q->kind = strcmp(word[0], "call") == 0 ? EVENT_CALL : EVENT_PACKET;
    q->lane = word[1];
    q->name = word[2];
    if (q->kind == EVENT_CALL && is_variant(q->name)) {
        complain("ask for %.4s, which includes %s", q->name, q->name);
        return false;
    }
    for (int i = 3; i < count; i += 2)
        if (!keep_word(q, word[i], word[i + 1]))
            return false;
    if (q->times && (!slice_number(slice_of(q->times), &q->wanted, &used) || q->times[used] != '\0')) {
        complain("'%s' is not a number of times", q->times);
        return false;
    }
    return true;
}

static bool has_lane(const struct recording *r, const char *name) {
    for (size_t i = 0; i < r->lane_count; i++)
        if (lane_is_named(r, (int16_t)i, name))
            return true;
    complain("the recording has no program '%s'", name);
    return false;
}

static bool text_fits(const char *want, const char *text) {
    return !want || strcmp(want, text) == 0;
}

static bool payload_fits(const char *want, const struct event *e) {
    return !want || slice_is((struct slice){e->payload, e->payload_size}, want);
}

/** An address without a port matches any port. */
static bool address_fits(const char *want, const struct recording *r, uint32_t number) {
    char text[ADDRESS_TEXT], ip[ADDRESS_TEXT];

    if (!want)
        return true;
    if (strcmp(want, "nobody") == 0)
        return number == 0;
    if (strcmp(want, "anybody") == 0)
        return number != 0;
    if (number == 0)
        return false;
    struct address unscoped = *address_of(r, number);
    memset(unscoped.scope, 0, sizeof unscoped.scope);
    return strcmp(want, address_print(address_of(r, number), text)) == 0 ||
           strcmp(want, address_print(&unscoped, text)) == 0 || strcmp(want, address_print_ip(&unscoped, ip)) == 0;
}

static bool result_fits(const char *want, const struct call *c) {
    char text[24];

    if (!want)
        return true;
    snprintf(text, sizeof text, "%" PRId64, c->result);
    return c->known && strcmp(want, text) == 0;
}

/** A message of sendmmsg or recvmmsg is asked for like a send or recv of its own. */
static bool message_fits(const struct question *q, const struct recording *r, const struct call *c,
                         const struct message *m) {
    char bytes[16];

    snprintf(bytes, sizeof bytes, "%u", m->bytes);
    return address_fits(q->to, r, c->is_out ? m->address : 0) && address_fits(q->from, r, c->is_out ? 0 : m->address) &&
           (!q->of || slice_is((struct slice){m->payload, m->payload_size}, q->of)) && text_fits(q->returning, bytes);
}

/** How often a call is one that was asked for: sendmmsg and recvmmsg move several messages. */
static int64_t call_fits(const struct question *q, const struct recording *r, const struct event *e) {
    const struct call *c = &e->call;
    int64_t count = 0;

    if (!lane_is_named(r, e->lane, q->lane) || !text_fits(q->name, call_action(r, c)) ||
        !text_fits(q->option, text_of(r, c->option)) || !text_fits(q->failing, text_of(r, c->error)))
        return 0;
    if (strstr(text_of(r, c->name), "mmsg") && c->message_count > 0) {
        for (size_t i = 0; i < c->message_count; i++)
            count += message_fits(q, r, c, call_message(r, c, i));
        return count;
    }
    return address_fits(q->to, r, c->to) && address_fits(q->from, r, c->from) &&
           (!q->of || (e->payload && !c->is_raw && payload_fits(q->of, e))) && result_fits(q->returning, c);
}

static bool icmp_fits(const char *want, const struct packet *p) {
    char text[32];
    bool icmp = p->proto == PROTO_ICMP || p->proto == PROTO_ICMPV6;

    return !want || (icmp && strcmp(want, packet_icmp_name((enum protocol)p->proto, p->type, p->code, text)) == 0);
}

static bool packet_fits(const struct question *q, const struct recording *r, const struct event *e) {
    const struct packet *p = &e->packet;
    bool protocol =
        strcmp(q->name, "any") == 0 || strcasecmp(q->name, packet_protocol_name((enum protocol)p->proto)) == 0;

    return protocol && address_fits(q->to, r, p->dst) && address_fits(q->from, r, p->src) && payload_fits(q->of, e) &&
           icmp_fits(q->saying, p) &&
           (!q->about || (p->about != NO_INDEX && address_fits(q->about, r, r->quotes[p->about].packet.dst))) &&
           (!q->reaching || lane_is_named(r, p->to_lane, q->reaching));
}

/** The first call (or signal, where signals count) of the lane with that name, later than a time. */
static int64_t moment_of(const struct question *q, const struct recording *r, const char *name, bool signals,
                         int64_t later) {
    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind == EVENT_PACKET || !lane_is_named(r, e->lane, q->lane) || e->time <= later)
            continue;
        if (e->kind == EVENT_CALL && strcmp(name, call_action(r, &e->call)) == 0)
            return e->time;
        if (signals && e->kind == EVENT_SIGNAL && strcmp(name, text_of(r, e->end.name)) == 0)
            return e->time;
    }
    return INT64_MAX;
}

static bool answer(const struct question *q, const struct recording *r) {
    int64_t begin = q->after ? moment_of(q, r, q->after, true, INT64_MIN) : INT64_MIN;
    int64_t over = q->before ? moment_of(q, r, q->before, false, begin) : INT64_MAX;
    int64_t found = 0;

    for (size_t i = 0; i < r->event_count; i++) {
        const struct event *e = &r->events[i];
        if (e->kind != q->kind || e->time <= begin || e->time >= over)
            continue;
        found += q->kind == EVENT_CALL ? call_fits(q, r, e) : packet_fits(q, r, e);
    }
    return q->times ? found == q->wanted : found > 0;
}

int recording_has(const char *folder, int count, char **word) {
    struct question q = {0};
    struct recording r;
    int status = USAGE;

    if (!read_question(count, word, &q))
        return USAGE;
    if (recording_load(folder, &r) && has_lane(&r, word[1]))
        status = answer(&q, &r) ? DONE : FAILED;
    recording_free(&r);
    return status;
}
