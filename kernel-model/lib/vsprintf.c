// SPDX-License-Identifier: GPL-2.0-only
/* Formatted printing, and numbers from text. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/ctype.h>
#include <linux/module.h>

struct out {
	char *buf;
	size_t size;		/* room, with the final NUL */
	size_t len;		/* what it would take, without */
};

struct spec {
	unsigned int left:1, zero:1, plus:1, alt:1, upper:1;
	int width, precision, length;
};

static void put(struct out *o, char c)
{
	if (o->len + 1 < o->size)
		o->buf[o->len] = c;
	o->len++;
}

static void pad(struct out *o, char c, int n)
{
	while (n-- > 0)
		put(o, c);
}

static void put_string(struct out *o, const char *s, const struct spec *sp)
{
	int n;

	if (!s)
		s = "<NULL>";
	n = strnlen(s, sp->precision < 0 ? INT_MAX : sp->precision);
	if (!sp->left)
		pad(o, ' ', sp->width - n);
	for (int i = 0; i < n; i++)
		put(o, s[i]);
	if (sp->left)
		pad(o, ' ', sp->width - n);
}

static void put_number(struct out *o, u64 v, int negative, unsigned int base,
		       const struct spec *sp)
{
	const char *digits = sp->upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char tmp[24], sign = negative ? '-' : sp->plus ? '+' : 0;
	const char *prefix = sp->alt && base == 16 ? "0x" : sp->alt && base == 8 ? "0" : "";
	int n = 0, zeros, used;

	do {
		tmp[n++] = digits[v % base];
		v /= base;
	} while (v);
	used = n + (sign ? 1 : 0) + (int)strlen(prefix);
	zeros = sp->precision > n ? sp->precision - n : 0;
	if (sp->precision < 0 && sp->zero && !sp->left)
		zeros = max(0, sp->width - used);
	if (!sp->left)
		pad(o, ' ', sp->width - used - zeros);
	if (sign)
		put(o, sign);
	while (*prefix)
		put(o, *prefix++);
	pad(o, '0', zeros);
	for (int i = n; i--;)
		put(o, tmp[i]);
	if (sp->left)
		pad(o, ' ', sp->width - used - zeros);
}

static const char *number_of(const char *fmt, int *n)
{
	for (*n = 0; isdigit(*fmt); fmt++)
		*n = *n * 10 + *fmt - '0';
	return fmt;
}

static const char *parse_flags(const char *fmt, struct spec *sp)
{
	for (;; fmt++) {
		if (*fmt == '-')
			sp->left = 1;
		else if (*fmt == '0')
			sp->zero = 1;
		else if (*fmt == '+')
			sp->plus = 1;
		else if (*fmt == '#')
			sp->alt = 1;
		else
			return fmt;
	}
}

static u64 arg_of(va_list *ap, const struct spec *sp, int is_signed, int *negative)
{
	s64 v;

	*negative = 0;
	if (!is_signed)
		return sp->length ? va_arg(*ap, unsigned long) : va_arg(*ap, unsigned int);
	v = sp->length ? va_arg(*ap, long) : va_arg(*ap, int);
	if (v >= 0)
		return v;
	*negative = 1;
	return -(u64)v;
}

static void convert(struct out *o, char c, struct spec *sp, va_list *ap)
{
	int negative;
	u64 v;

	switch (c) {
	case 'd':
	case 'i':
		v = arg_of(ap, sp, 1, &negative);
		put_number(o, v, negative, 10, sp);
		break;
	case 'p':
		sp->length = 1;
		fallthrough;
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		sp->upper = c == 'X';
		v = arg_of(ap, sp, 0, &negative);
		put_number(o, v, 0, c == 'u' ? 10 : c == 'o' ? 8 : 16, sp);
		break;
	case 'c':
		pad(o, ' ', sp->left ? 0 : sp->width - 1);
		put(o, va_arg(*ap, int));
		pad(o, ' ', sp->left ? sp->width - 1 : 0);
		break;
	case 's':
		put_string(o, va_arg(*ap, const char *), sp);
		break;
	default:
		put(o, '%');
		if (c != '%')
			put(o, c);
	}
}

/**
 * vsnprintf - format into a buffer of known size
 * @buf: the buffer
 * @size: its size; the text is cut to fit, and terminated if this is not 0
 * @fmt: flags "-0+#", width, precision, "h", "l", "ll", "z"; "diuxXopcs%"
 * @args: the values
 *
 * Returns the length that the whole text has.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct out o = { .buf = buf, .size = size };
	va_list ap;

	va_copy(ap, args);
	for (; *fmt; fmt++) {
		struct spec sp = { .precision = -1 };

		if (*fmt != '%') {
			put(&o, *fmt);
			continue;
		}
		fmt = parse_flags(fmt + 1, &sp);
		if (*fmt == '*') {
			sp.width = va_arg(ap, int);
			fmt++;
		} else {
			fmt = number_of(fmt, &sp.width);
		}
		if (*fmt == '.' && fmt[1] == '*') {
			sp.precision = va_arg(ap, int);
			fmt += 2;
		} else if (*fmt == '.') {
			fmt = number_of(fmt + 1, &sp.precision);
		}
		for (; *fmt == 'l' || *fmt == 'z' || *fmt == 'h'; fmt++)
			sp.length += *fmt != 'h';
		if (!*fmt)
			break;
		convert(&o, *fmt, &sp, &ap);
	}
	va_end(ap);
	if (size)
		buf[o.len < size ? o.len : size - 1] = 0;
	return o.len;
}
EXPORT_SYMBOL(vsnprintf);

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int n = vsnprintf(buf, size, fmt, args);

	return n < (int)size ? n : size ? (int)size - 1 : 0;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(snprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(scnprintf);

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sprintf);

/**
 * simple_strtoul - a number at the start of a text
 * @cp: the text
 * @endp: set to what follows the number, or NULL
 * @base: 8, 10 or 16; 0 goes by the prefix
 */
unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
{
	unsigned long v = 0;

	if ((!base || base == 16) && cp[0] == '0' && tolower(cp[1]) == 'x' && isxdigit(cp[2])) {
		cp += 2;
		base = 16;
	} else if (!base) {
		base = cp[0] == '0' ? 8 : 10;
	}
	for (; isxdigit(*cp); cp++) {
		unsigned int d = isdigit(*cp) ? *cp - '0' : tolower(*cp) - 'a' + 10;

		if (d >= base)
			break;
		v = v * base + d;
	}
	if (endp)
		*endp = (char *)cp;
	return v;
}
EXPORT_SYMBOL(simple_strtoul);

long simple_strtol(const char *cp, char **endp, unsigned int base)
{
	return *cp == '-' ? -simple_strtoul(cp + 1, endp, base) : simple_strtoul(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtol);
