// SPDX-License-Identifier: GPL-2.0-only
/* Which routing tables are asked, and in what order. */
#include <linux/init.h>
#include <linux/module.h>
#include <net/ip_fib.h>

struct fib_rule {
	struct fib_rule *r_next;
	u32 r_preference;
	unsigned char r_table;
	unsigned char r_action;
};

static struct fib_rule default_rule = {
	.r_preference = 0x7FFF,
	.r_table = RT_TABLE_DEFAULT,
	.r_action = RTN_UNICAST,
};

static struct fib_rule main_rule = {
	.r_next = &default_rule,
	.r_preference = 0x7FFE,
	.r_table = RT_TABLE_MAIN,
	.r_action = RTN_UNICAST,
};

static struct fib_rule local_rule = {
	.r_next = &main_rule,
	.r_table = RT_TABLE_LOCAL,
	.r_action = RTN_UNICAST,
};

/* No message adds rules, so without __used it would be folded into its readers. */
static struct fib_rule *fib_rules __used = &local_rule;
static DEFINE_RWLOCK(fib_rules_lock);

/**
 * fib_lookup - ask the tables
 * @flp: what for
 * @res: the answer, to be given back with fib_res_put()
 */
int fib_lookup(const struct flowi *flp, struct fib_result *res)
{
	struct fib_table *tb;
	struct fib_rule *r;
	int err = 1;

	read_lock(&fib_rules_lock);
	for (r = fib_rules; r && err > 0; r = r->r_next) {
		tb = fib_tables[r->r_table];
		if (!tb)
			continue;
		err = tb->tb_lookup(tb, flp, res);
		if (err == -EAGAIN)
			err = 1;	/* "throw": the next table may know */
	}
	read_unlock(&fib_rules_lock);
	return err > 0 ? -ENETUNREACH : err;
}

int inet_dump_rules(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlmsghdr *nlh;
	struct fib_rule *r;
	struct rtmsg *rtm;
	int idx = 0;

	read_lock(&fib_rules_lock);
	for (r = fib_rules; r; r = r->r_next, idx++) {
		if (idx < cb->args[0])
			continue;
		nlh = nlmsg_put(skb, NETLINK_CB(cb->skb).pid, cb->nlh->nlmsg_seq, RTM_NEWRULE,
				sizeof(*rtm), NLM_F_MULTI);
		if (!nlh)
			break;
		rtm = nlmsg_data(nlh);
		memset(rtm, 0, sizeof(*rtm));
		rtm->rtm_family = AF_INET;
		rtm->rtm_table = r->r_table;
		rtm->rtm_type = r->r_action;
		if (r->r_preference && rta_put_u32(skb, RTA_PRIORITY, r->r_preference)) {
			nlmsg_cancel(skb, nlh);
			break;
		}
		nlmsg_end(skb, nlh);
	}
	read_unlock(&fib_rules_lock);
	cb->args[0] = idx;
	return skb->len;
}
