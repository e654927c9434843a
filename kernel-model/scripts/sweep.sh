#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Fails each allocation of the unit tests and of scenarios in turn.
#
# usage: sweep.sh VMLINUX KNOWN FILE.scn...
#
# KNOWN is Documentation/known-bugs, a directory, which need not be there.  A run
# that ends badly is passed over when the allocation was made in a function that
# a text there names:
#
#	:Fails in: ``dup_fd()``
#
# With ALL=1 a text that nothing needs any more is an error.  Exit status: 0 if
# nothing else was found, 1 if something was.
set -u
vmlinux=$1 known=$2
shift 2

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

sweep() { # name, vmlinux's arguments...
	name=$1
	shift
	"$vmlinux" --fail-nth "$@" > "$work/out" 2> "$work/errors"
	status=$?
	if [ $status -gt 1 ]; then
		echo "$name: exit status $status: $(tail -n 1 "$work/errors")"
	else
		sed "s|^|$name: |" "$work/out"
	fi
}

{
	"$vmlinux" kunit no-such-test 2>&1 | grep -q 'CONFIG_KUNIT' || sweep kunit kunit
	for file; do
		name=${file%.scn}
		sweep "$(basename "$(dirname "$name")")/$(basename "$name")" run "$file"
	done
} > "$work/all"

for file in "$known"/*.rst; do
	[ ! -e "$file" ] || sed -n "s|^:Fails in: |$(basename "$file" .rst) |p" "$file"
done > "$work/known"

awk -v all="${ALL:-}" -v known="$work/known" '
FILENAME == known {
	bug = $1
	if (sub(/^[^ ]* /, "")) {
		bugs[bug] = 0
		n = split($0, part, "``")
		for (i = 2; i <= n; i += 2)
			bug_of[part[i]] = bug
	}
	next
}
/: [0-9]+ allocations failed in turn/ {
	total += $2
	next
}
/: allocation [0-9]+ in / {
	callers = $0
	sub(/^[^:]*: allocation [0-9]+ in /, "", callers)
	sub(/: [^:]*$/, "", callers)
	n = split(callers, function_, " < ")
	for (i = 1; i <= n && !(function_[i] in bug_of); i++)
		;
	if (i <= n) {
		bugs[bug_of[function_[i]]]++
		next
	}
}
{
	print "bad      " $0
	bad++
}
END {
	for (bug in bugs) {
		if (bugs[bug])
			print "known    " bug ": " bugs[bug] " allocations" | "sort"
		else if (all)
			print "stale    " bug ": no allocation fails badly by it" | "sort"
		stale += all && !bugs[bug]
		passed += bugs[bug]
	}
	close("sort")
	print total + 0 " allocations failed in turn, " bad + 0 " badly, " \
		passed + 0 " by known bugs"
	exit bad + stale > 0
}' "$work/known" "$work/all"
