// SPDX-License-Identifier: GPL-2.0-only
/* String functions that C does not define. */
#include <linux/string.h>
#include <linux/ctype.h>
#include <linux/slab.h>
#include <linux/module.h>

/**
 * strlcpy - copy a string into a buffer of known size
 * @to: the buffer, which ends up terminated if @size is not 0
 * @from: the string
 * @size: of the buffer
 *
 * Returns the length of @from, so that a cut can be noticed.
 */
size_t strlcpy(char *to, const char *from, size_t size)
{
	size_t len = strlen(from);

	if (size) {
		size_t n = len < size ? len : size - 1;

		memcpy(to, from, n);
		to[n] = 0;
	}
	return len;
}
EXPORT_SYMBOL(strlcpy);

size_t strlcat(char *to, const char *from, size_t size)
{
	size_t used = strnlen(to, size);

	return used + strlcpy(to + used, from, size - used);
}
EXPORT_SYMBOL(strlcat);

char *kstrdup(const char *s, gfp_t gfp)
{
	size_t len = strlen(s) + 1;
	char *p = kmalloc(len, gfp);

	return p ? memcpy(p, s, len) : NULL;
}
EXPORT_SYMBOL(kstrdup);

/**
 * glob_match - does a string fit a shell pattern of '*' and '?'
 */
int glob_match(const char *pattern, const char *s)
{
	const char *star = NULL, *from = NULL;

	while (*s) {
		if (*pattern == '*') {
			star = ++pattern;
			from = s;
		} else if (*pattern == *s || *pattern == '?') {
			pattern++;
			s++;
		} else if (star) {
			pattern = star;
			s = ++from;
		} else {
			return 0;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
EXPORT_SYMBOL(glob_match);
