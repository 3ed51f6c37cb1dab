/* What the files of the round share: the adverts and seekers of this month, buffers that live for a replication. Not for other folders. */
#ifndef WKS_RULES_ROUND_STATE_H
#define WKS_RULES_ROUND_STATE_H

#include "rules/conduct.h"
#include "rules/filter_ties.h"
#include "rules/round.h"

enum { WKS_ROUND_CLASS_BITS = 6, WKS_ROUND_CLASS_WORDS = (WKS_LETTING_MAX_PARTS * WKS_ROUND_CLASS_BITS + 59) / 60 };

/* What makes a home attractive, of an advert. */
typedef struct wks_round_place {
    uint64_t unit_key;
    double rent_eur;       /* a month, before huurtoeslag */
    double least_rent_eur; /* as rent_eur; 0 with two rents: down to the seeker's aftoppingsgrens */
    double leefbaarheid;   /* LBM deviation units */
    double stigma;         /* of a designation of its buurt, 0 to 1 */
    double contacts;       /* doublings of light contacts in the buurt since tick 0 */
    double x_m, y_m;       /* NaN without geometry */
    int32_t rooms;
    int32_t buurt_row;
    bool by_chance; /* neither inschrijfduur nor points decide who gets it */
} wks_round_place;

/* The same, weighed: what is the same for all seekers, ready for a loop over adverts. */
typedef struct wks_round_home {
    uint64_t unit_key;
    double rent_eur, least_rent_eur;
    double leefbaarheid;     /* utility */
    double buurt, buurt_kin; /* utility of people and stigma, for others and for who has close kin there */
    double x_m, y_m, rooms;
    int32_t buurt_row;
    bool by_chance;
} wks_round_home;

/* A household that may get a home this month, as it was when the round began. */
typedef struct wks_round_seeker {
    uint64_t key;
    double income_eur;       /* as its rent is weighed: at least the social minimum */
    wks_law_benefit benefit; /* huurtoeslag by rent */
    double rent_cap_eur;     /* its aftoppingsgrens when its income is low (passend.h), else infinite */
    double stay;             /* utility of staying where it is, and of how choosy it is */
    double postpone;         /* utility that an advert loses when inschrijfduur or points decide */
    double x_m, y_m;         /* present home; NaN without one */
    int32_t row;             /* household */
    int32_t kind;            /* households of a kind are in the same class of every filter */
    int32_t persons, age;
    int32_t kin_buurt_row; /* -1: none in the city */
    int32_t since_month;   /* waits (or lives there) since */
    int32_t months_registered;
    int32_t n_least; /* reacts to so many of what it sees even if staying is better: to earn points */
} wks_round_seeker;

/* Seekers with their kinds: those who react to adverts, or those a direct channel may propose. */
typedef struct wks_round_pool {
    wks_round_seeker *seeker;
    int32_t n, n_kinds;
    int32_t *kind_count;        /* seekers of a kind */
    const uint64_t *class_word; /* kind x WKS_ROUND_CLASS_WORDS: classes, 10 of 6 bits a word */
    /* made by wks_round_rank_pool */
    double *key;       /* order part x seeker (parts that do not depend on the advert) */
    uint64_t *place;   /* seeker: number that orders like the first n_leading parts */
    int32_t n_leading; /* these parts do not depend on the advert */
} wks_round_pool;

/* Adverts of this phase, in date order, and what their kinds accept. */
typedef struct wks_round_board {
    const wks_advert *advert;
    wks_round_place *place;
    wks_round_home *home;
    int32_t n, n_kinds;
    int32_t *kind;                     /* of an advert */
    const uint64_t *mask;              /* advert kind x n_filters */
    int32_t *kind_start, *kind_advert; /* adverts of a kind: kind_advert[kind_start[k] .. kind_start[k + 1]) */
} wks_round_board;

/* A spreiding part or the norm of a filter, with its counts. */
typedef struct wks_round_guard {
    const wks_spreiding_part *part;
    const wks_settings *settings;
    void *state;
    int32_t index; /* as in wks_letting.excluded: filters, then spreiding */
    wks_part_when_nobody when_nobody;
    int32_t sell_after; /* months on offer before it is sold or liberalised */
} wks_round_guard;

/* What became of an advert in its phase. */
typedef enum wks_round_result {
    WKS_ROUND_UNLET,
    WKS_ROUND_LET,
    WKS_ROUND_SEND_ON, /* to the next channel */
    WKS_ROUND_LIBERALISE,
    WKS_ROUND_SELL
} wks_round_result;

typedef struct wks_round_channel {
    const wks_settings *settings;
    const wks_channel_part *part;
    double share, label;
    int32_t areas_param; /* -1: none */
    wks_part_ranking ranking;
    int32_t then, then_after; /* channel that gets what this one does not let (-1: as without), after so many months on offer */
} wks_round_channel;

/* A rule set made ready. */
typedef struct wks_round_rules {
    const wks_rule_set *set;
    int32_t index; /* in the scenario */
    wks_round_channel *channel;
    wks_round_guard *guard;
    int32_t n_guards;
    int32_t seniority_part; /* order part inschrijfduur; -1 if it is not in the order */
    double ties_share;      /* share of the vacancies at which residents go first (filter_ties.h) */
    bool is_by_chance;      /* neither inschrijfduur nor points in the order */
    wks_conduct conduct;
} wks_round_rules;

typedef enum wks_round_slot {
    WKS_ROUND_SLOT_ADVERTS,
    WKS_ROUND_SLOT_SEQUENCE,
    WKS_ROUND_SLOT_PLACES,
    WKS_ROUND_SLOT_HOMES,
    WKS_ROUND_SLOT_ADVERT_KIND,
    WKS_ROUND_SLOT_ADVERT_WORDS,
    WKS_ROUND_SLOT_ADVERT_KIND_WORDS,
    WKS_ROUND_SLOT_ADVERT_TABLE,
    WKS_ROUND_SLOT_KIND_START,
    WKS_ROUND_SLOT_KIND_ADVERT,
    WKS_ROUND_SLOT_ROWS_OF_BLOCK,
    WKS_ROUND_SLOT_HOUSED,
    WKS_ROUND_SLOT_IS_LET,
    WKS_ROUND_SLOT_ROWS,
    WKS_ROUND_SLOT_SEEKERS,
    WKS_ROUND_SLOT_SEEKER_KIND,
    WKS_ROUND_SLOT_SEEKER_ORDER,
    WKS_ROUND_SLOT_CLASSES,
    WKS_ROUND_SLOT_CLASS_KIND_WORDS,
    WKS_ROUND_SLOT_CLASS_TABLE,
    WKS_ROUND_SLOT_KIND_COUNT,
    WKS_ROUND_SLOT_FAILS,
    WKS_ROUND_SLOT_ELIGIBLE,
    WKS_ROUND_SLOT_RING_DRAWN,
    WKS_ROUND_SLOT_RING,
    WKS_ROUND_SLOT_RING_ADVERT,
    WKS_ROUND_SLOT_RING_BUCKET,
    WKS_ROUND_SLOT_BLOCKS,
    WKS_ROUND_SLOT_CANDIDATE_START,
    WKS_ROUND_SLOT_CANDIDATES,
    WKS_ROUND_SLOT_CANDIDATE_PLACE,
    WKS_ROUND_SLOT_KEYS,
    WKS_ROUND_SLOT_PAIR_KEYS,
    WKS_ROUND_SLOT_HEAP,
    WKS_ROUND_SLOT_VALUES,
    WKS_ROUND_SLOT_VALUE_TABLE,
    WKS_ROUND_SLOT_VALUE_RANK,
    WKS_ROUND_SLOT_RANK_PLACE,
    WKS_ROUND_SLOT_TOP,
    WKS_ROUND_SLOT_EXCLUDED,
    WKS_ROUND_SLOT_RING_SORTED,
    WKS_ROUND_SLOT_CAPPED,
    WKS_ROUND_SLOT_WAITS,
    WKS_ROUND_SLOT_ORDER,
    WKS_ROUND_SLOT_REGION_COPY,
    WKS_ROUND_SLOT_REGION_HOMES,
    WKS_ROUND_SLOT_REGION_TURN,
    WKS_ROUND_SLOT_REGION_SEEKERS,
    WKS_ROUND_SLOT_REGION_ADVERTS,
    WKS_ROUND_N_SLOTS
} wks_round_slot;

/* A unit that goes to another channel than the one it drew, until it is let. */
typedef struct wks_round_sent {
    uint64_t unit_key;
    int32_t channel;
    bool is_then; /* by parameter `then` of a channel; else by a spreiding part */
} wks_round_sent;

/* An advert that a seeker sees, and what it is worth to it. */
typedef struct wks_round_seen {
    double utility;
    int32_t advert;
} wks_round_seen;

/* A point of the ring (round_ring.h) and the first advert from there on that the present kind of seekers may have. */
typedef struct wks_round_next {
    uint32_t at;
    int32_t advert;
} wks_round_next;

/* Reactions of a block of seekers; grows, lives for the replication. */
typedef struct wks_round_block {
    int32_t *advert, *seeker;
    int32_t n, capacity;
    wks_round_seen *seen;
    int32_t seen_capacity;
    wks_round_next *next; /* by point of the ring */
    int32_t *marked;      /* advert -> the last seeker of this block that saw it */
    int32_t next_capacity, marked_capacity;
    int64_t by_group[WKS_SCENARIO_MAX_GROUPS]; /* reactions by bit of household.groups */
    bool failed;                               /* no memory */
} wks_round_block;

/* Candidates by advert: candidate[start[a] .. start[a + 1]) are seekers of the pool, in any order. */
typedef struct wks_round_lists {
    const int32_t *start, *candidate;
} wks_round_lists;

struct wks_round {
    const wks_scenario *scenario;
    wks_round_rules *rules;
    int32_t n_rules;
    void *buffer[WKS_ROUND_N_SLOTS];
    size_t buffer_bytes[WKS_ROUND_N_SLOTS];
    wks_round_block *block;
    int32_t n_blocks;
    wks_round_sent *sent, *sent_next;
    int32_t n_sent, n_sent_next, sent_capacity, sent_next_capacity;
    const wks_rule_set *sent_under; /* the rule set whose channels `sent` names */
    wks_advert *sequence;           /* adverts of this tick in the order of letting (a buffer) */
    int32_t n_sequence;
    wks_filter_ties_year ties;
    struct wks_round_trace *trace; /* round_trace.h; NULL: nobody follows */
    int32_t most_listed;           /* candidates of proposals listed at a time */
    bool is_recording;
    wks_round_offer *offer;
    int64_t n_offers, offer_capacity;
};

/* One tick's round. */
typedef struct wks_round_month {
    wks_round *round;
    wks_world *world;
    wks_round_rules *rules;
    wks_part_context context;
    const wks_round_behaviour *behaviour;
    uint8_t *is_housed; /* household row: got a home in this round */
    int32_t *wait;      /* inschrijfduur of ranked lettings of this month */
    int32_t n_waits;
} wks_round_month;

/** A buffer that lives for the replication and grows; contents undefined. NULL with err without memory. */
void *wks_round_buffer(wks_round *round, wks_round_slot slot, size_t n, size_t size, wks_err *err);

#endif
