/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_TCP_STATES_H
#define _NET_TCP_STATES_H

/* Also used by families that are not TCP. */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT,
	TCP_SYN_RECV,
	TCP_FIN_WAIT1,
	TCP_FIN_WAIT2,
	TCP_TIME_WAIT,
	TCP_CLOSE,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
	TCP_LISTEN,
	TCP_CLOSING,
	TCP_MAX_STATES
};

#define TCPF(state)	(1 << (state))

#endif /* _NET_TCP_STATES_H */
