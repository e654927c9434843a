// SPDX-License-Identifier: GPL-2.0-only
/* The table 'filter': what comes to us, goes through us, and is sent by us. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/netfilter_ipv4/ip_tables.h>

#define FILTER_VALID_HOOKS ((1 << NF_IP_LOCAL_IN) | (1 << NF_IP_FORWARD) | \
			    (1 << NF_IP_LOCAL_OUT))

#define RULE_SIZE	sizeof(struct ipt_standard)

#define POLICY(v) {								\
	.entry = {								\
		.target_offset = sizeof(struct ipt_entry),			\
		.next_offset = RULE_SIZE,					\
	},									\
	.target = {								\
		.target_size = sizeof(struct ipt_standard_target),		\
		.verdict = -1 - (v),						\
	},									\
}

/* At boot: three chains, each with its policy only, and all packets pass. */
static const struct {
	struct ipt_replace repl;
	struct ipt_standard input, forward, output;
	struct ipt_error end;
} initial_table = {
	.repl = {
		.name = "filter",
		.valid_hooks = FILTER_VALID_HOOKS,
		.num_entries = 4,
		.size = 3 * RULE_SIZE + sizeof(struct ipt_error),
		.hook_entry = { [NF_IP_FORWARD] = RULE_SIZE, [NF_IP_LOCAL_OUT] = 2 * RULE_SIZE },
		.underflow = { [NF_IP_FORWARD] = RULE_SIZE, [NF_IP_LOCAL_OUT] = 2 * RULE_SIZE },
	},
	.input = POLICY(NF_ACCEPT),
	.forward = POLICY(NF_ACCEPT),
	.output = POLICY(NF_ACCEPT),
	.end = {
		.entry = {
			.target_offset = sizeof(struct ipt_entry),
			.next_offset = sizeof(struct ipt_error),
		},
		.target = {
			.target_size = sizeof(struct ipt_error_target),
			.name = IPT_ERROR_TARGET,
			.errorname = IPT_ERROR_TARGET,
		},
	},
};

static struct ipt_table packet_filter = {
	.name = "filter",
	.valid_hooks = FILTER_VALID_HOOKS,
};

static unsigned int ipt_hook(unsigned int hook, struct sk_buff **pskb,
			     const struct net_device *in, const struct net_device *out,
			     int (*okfn)(struct sk_buff *skb))
{
	return ipt_do_table(pskb, hook, in, out, &packet_filter);
}

static struct nf_hook_ops ipt_ops[] = {
	{ .hook = ipt_hook, .pf = PF_INET, .hooknum = NF_IP_LOCAL_IN,
	  .priority = NF_IP_PRI_FILTER },
	{ .hook = ipt_hook, .pf = PF_INET, .hooknum = NF_IP_FORWARD,
	  .priority = NF_IP_PRI_FILTER },
	{ .hook = ipt_hook, .pf = PF_INET, .hooknum = NF_IP_LOCAL_OUT,
	  .priority = NF_IP_PRI_FILTER },
};

static int __init iptable_filter_init(void)
{
	unsigned int i;
	int ret = ipt_register_table(&packet_filter, &initial_table.repl);

	for (i = 0; !ret && i < ARRAY_SIZE(ipt_ops); i++)
		ret = nf_register_hook(&ipt_ops[i]);
	return ret;
}
module_init(iptable_filter_init);
