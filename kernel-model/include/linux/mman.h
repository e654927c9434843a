/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H

#define PROT_READ	0x1
#define PROT_WRITE	0x2
#define PROT_EXEC	0x4
#define PROT_NONE	0x0
#define PROT_GROWSDOWN	0x01000000
#define PROT_GROWSUP	0x02000000

#define MAP_SHARED	0x01
#define MAP_PRIVATE	0x02
#define MAP_TYPE	0x0f
#define MAP_FIXED	0x10
#define MAP_ANONYMOUS	0x20
#define MAP_GROWSDOWN	0x0100
#define MAP_LOCKED	0x2000
#define MAP_NORESERVE	0x4000
#define MAP_POPULATE	0x8000

#define MREMAP_MAYMOVE	1
#define MREMAP_FIXED	2

#define MCL_CURRENT	1
#define MCL_FUTURE	2

#endif /* _LINUX_MMAN_H */
