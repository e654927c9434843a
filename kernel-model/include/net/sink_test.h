/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_SINK_TEST_H
#define _NET_SINK_TEST_H

#include <kunit/test.h>
#include <linux/netdevice.h>

/* For tests: an Ethernet whose other stations the test plays.  What is sent waits
 * in a queue to be looked at.
 */

/* Addresses in 192.168.9.0/24, the network of such a device, in network order. */
#define SINK_ADDR(n)	htonl(0xc0a80900 | (n))

/**
 * sink_warm_up - let networking do what it does once and for ever
 *
 * The suite_init of suites with devices: zones of prefixes, for example, stay
 * when the last route has gone.
 */
int sink_warm_up(struct kunit_suite *suite);

/**
 * sink_up - a device with an address in a network of 24 bits, or NULL
 * @addr: in network order
 */
struct net_device *sink_up(u32 addr);

/* The device goes, with all that was sent and not looked at; NULL is fine. */
void sink_down(struct net_device *dev);

/* The packets that were sent, with their Ethernet header. */
struct sk_buff_head *sink_sent(struct net_device *dev);

/* There is a station with this address, which need not be asked for. */
int sink_add_neighbour(struct net_device *dev, u32 addr);

/**
 * sink_packet - a packet of IPv4 that has come in by a device, or NULL
 * @len: bytes behind the header, all zero
 */
struct sk_buff *sink_packet(struct net_device *dev, u32 src, u32 dst, u8 proto, int len);

#endif /* _NET_SINK_TEST_H */
