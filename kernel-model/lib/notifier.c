// SPDX-License-Identifier: GPL-2.0-only
/* Notifier chains. */
#include <linux/notifier.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/stddef.h>

int notifier_chain_register(struct notifier_block **list, struct notifier_block *n)
{
	while (*list && (*list)->priority >= n->priority)
		list = &(*list)->next;
	n->next = *list;
	*list = n;
	return 0;
}
EXPORT_SYMBOL(notifier_chain_register);

int notifier_chain_unregister(struct notifier_block **list, struct notifier_block *n)
{
	for (; *list; list = &(*list)->next) {
		if (*list == n) {
			*list = n->next;
			return 0;
		}
	}
	return -ENOENT;
}
EXPORT_SYMBOL(notifier_chain_unregister);

/**
 * notifier_call_chain - tell all, until one says NOTIFY_STOP_MASK
 *
 * Returns what the last one called said.
 */
int notifier_call_chain(struct notifier_block **list, unsigned long event, void *data)
{
	struct notifier_block *n = *list, *next;
	int ret = NOTIFY_DONE;

	for (; n; n = next) {
		next = n->next;
		ret = n->notifier_call(n, event, data);
		if (ret & NOTIFY_STOP_MASK)
			break;
	}
	return ret;
}
EXPORT_SYMBOL(notifier_call_chain);
