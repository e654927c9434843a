// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/module.h>

static unsigned long next_bit(const unsigned long *addr, unsigned long size, unsigned long from,
			      unsigned long invert)
{
	while (from < size) {
		unsigned long w = (addr[BIT_WORD(from)] ^ invert) & ~0UL << from % BITS_PER_LONG;

		if (w) {
			from = from / BITS_PER_LONG * BITS_PER_LONG + __ffs(w);
			return min(from, size);
		}
		from = (from / BITS_PER_LONG + 1) * BITS_PER_LONG;
	}
	return size;
}

unsigned long find_next_bit(const unsigned long *addr, unsigned long size, unsigned long from)
{
	return next_bit(addr, size, from, 0);
}
EXPORT_SYMBOL(find_next_bit);

unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long from)
{
	return next_bit(addr, size, from, ~0UL);
}
EXPORT_SYMBOL(find_next_zero_bit);

int bitmap_weight(const unsigned long *map, int bits)
{
	unsigned long i;
	int n = 0;

	for (i = find_first_bit(map, bits); i < bits; i = find_next_bit(map, bits, i + 1))
		n++;
	return n;
}
EXPORT_SYMBOL(bitmap_weight);

int __any_online_cpu(const cpumask_t *mask)
{
	int cpu;

	for_each_cpu_mask(cpu, *mask)
		if (cpu_online(cpu))
			return cpu;
	return NR_CPUS;
}
