/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_SNMP_H
#define _NET_SNMP_H

#include <linux/percpu.h>

/* Counters that every processor has for itself; /proc/net/snmp shows the sums. */
enum {
	IPSTATS_MIB_INRECEIVES = 1,
	IPSTATS_MIB_INHDRERRORS,
	IPSTATS_MIB_INADDRERRORS,
	IPSTATS_MIB_FORWDATAGRAMS,
	IPSTATS_MIB_INUNKNOWNPROTOS,
	IPSTATS_MIB_INDISCARDS,
	IPSTATS_MIB_INDELIVERS,
	IPSTATS_MIB_OUTREQUESTS,
	IPSTATS_MIB_OUTDISCARDS,
	IPSTATS_MIB_OUTNOROUTES,
	IPSTATS_MIB_REASMTIMEOUT,
	IPSTATS_MIB_REASMREQDS,
	IPSTATS_MIB_REASMOKS,
	IPSTATS_MIB_REASMFAILS,
	IPSTATS_MIB_FRAGOKS,
	IPSTATS_MIB_FRAGFAILS,
	IPSTATS_MIB_FRAGCREATES,
	__IPSTATS_MIB_MAX
};

enum {
	TCP_MIB_ACTIVEOPENS = 1,
	TCP_MIB_PASSIVEOPENS,
	TCP_MIB_ATTEMPTFAILS,
	TCP_MIB_ESTABRESETS,
	TCP_MIB_CURRESTAB,
	TCP_MIB_INSEGS,
	TCP_MIB_OUTSEGS,
	TCP_MIB_RETRANSSEGS,
	TCP_MIB_INERRS,
	TCP_MIB_OUTRSTS,
	__TCP_MIB_MAX
};

enum {
	UDP_MIB_INDATAGRAMS = 1,
	UDP_MIB_NOPORTS,
	UDP_MIB_INERRORS,
	UDP_MIB_OUTDATAGRAMS,
	__UDP_MIB_MAX
};

enum {
	ICMP_MIB_INMSGS = 1,
	ICMP_MIB_INERRORS,
	ICMP_MIB_INDESTUNREACHS,
	ICMP_MIB_INECHOS,
	ICMP_MIB_INECHOREPS,
	ICMP_MIB_OUTMSGS,
	ICMP_MIB_OUTERRORS,
	ICMP_MIB_OUTDESTUNREACHS,
	ICMP_MIB_OUTECHOREPS,
	__ICMP_MIB_MAX
};

struct ipstats_mib {
	unsigned long mibs[__IPSTATS_MIB_MAX];
};

struct tcp_mib {
	unsigned long mibs[__TCP_MIB_MAX];
};

struct udp_mib {
	unsigned long mibs[__UDP_MIB_MAX];
};

struct icmp_mib {
	unsigned long mibs[__ICMP_MIB_MAX];
};

DECLARE_PER_CPU(struct ipstats_mib, ip_statistics);
DECLARE_PER_CPU(struct tcp_mib, tcp_statistics);
DECLARE_PER_CPU(struct udp_mib, udp_statistics);
DECLARE_PER_CPU(struct icmp_mib, icmp_statistics);

#define IP_INC_STATS(field)	(__get_cpu_var(ip_statistics).mibs[field]++)
#define TCP_INC_STATS(field)	(__get_cpu_var(tcp_statistics).mibs[field]++)
#define TCP_DEC_STATS(field)	(__get_cpu_var(tcp_statistics).mibs[field]--)
#define UDP_INC_STATS(field)	(__get_cpu_var(udp_statistics).mibs[field]++)
#define ICMP_INC_STATS(field)	(__get_cpu_var(icmp_statistics).mibs[field]++)

#endif /* _NET_SNMP_H */
