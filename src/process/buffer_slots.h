/* Which process uses which reusable buffer of a tick. */
#ifndef WKS_PROCESS_BUFFER_SLOTS_H
#define WKS_PROCESS_BUFFER_SLOTS_H

enum {
    WKS_SLOT_FLAG,  /* proposals by row, a byte each */
    WKS_SLOT_ITEMS, /* the same as a list */
    WKS_SLOT_COUPLES,
    WKS_SLOT_EDGES,
    WKS_SLOT_VACANCY_OWNER,
    WKS_SLOT_VACANCY_RENT,
    WKS_SLOT_VACANCY_ROOM,
    WKS_SLOT_SEEKERS,
    WKS_SLOT_CHOICES,
    WKS_SLOT_BUURT_A,
    WKS_SLOT_BUURT_B,
    WKS_SLOT_BUURT_C,
    WKS_SLOT_BUURT_D,
    WKS_SLOT_AREAS,
    WKS_SLOT_BLOCKS,
    WKS_SLOT_HOMES,
    WKS_SLOT_EXPECTS
};

#endif
