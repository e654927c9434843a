#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Compares traces of the model with traces of a real kernel.
#
# usage: tracecheck.sh VMLINUX REAL DIFFERENCES FILE.scn...
#
# REAL is a folder of AREA/NAME.trace, whose lines beginning with '#' do not
# count.  DIFFERENCES is Documentation/differences.rst.  Exit status: 0 all equal,
# 1 not.
set -u
vmlinux=$1 real=$2 differences=$3
shift 3

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
: > "$work/used"

# Entries are lines of the form: - ``SCENARIO``: ``MODEL`` for ``REAL``: REASON
# A line of the model that has entries becomes the one that the real trace has.
translate='
FILENAME == ARGV[1] {
	if (split($0, part, "``") >= 7 && part[1] == "- " && part[2] == name) {
		n++
		from[n] = part[4]
		to[n] = part[6]
	}
	next
}
FILENAME == ARGV[2] { seen[$0] = 1; next }
/^#/ { next }
{
	out = $0
	for (i = 1; i <= n; i++)
		if (from[i] == $0) {
			print name "\t" from[i] >> used
			if (to[i] == "" || to[i] in seen)
				out = to[i]
		}
	if (out != "")
		print out
}'

equal=0 differs=0 skipped=0
for file; do
	name=${file%.scn}
	name=$(basename "$(dirname "$name")")/$(basename "$name")
	model=$work/model trace=$real/$name.trace
	"$vmlinux" run "$file" > "$model" 2> "$work/errors"
	status=$?
	if [ $status != 0 ]; then
		differs=$((differs + 1))
		echo "failed   $name: exit status $status"
		tail -n 5 "$model" "$work/errors" | sed 's/^/    /'
		continue
	fi
	for side in "$model" "$trace"; do
		why=$(sed -n 's/^skipped: //p' "$side" 2>/dev/null)
		[ -z "$why" ] || break
	done
	if [ -n "$why" ]; then
		skipped=$((skipped + 1))
		echo "skipped  $name: $([ "$side" = "$model" ] && echo model || echo real): $why"
		continue
	fi
	if [ ! -f "$trace" ]; then
		differs=$((differs + 1))
		echo "missing  $name: no trace of a real kernel"
		continue
	fi
	grep -v '^#' "$trace" > "$work/real"
	awk -v name="$name" -v used="$work/used" "$translate" \
		"$differences" "$work/real" "$model" > "$work/translated"
	if diff -u --label real --label model "$work/real" "$work/translated" > "$work/diff"; then
		equal=$((equal + 1))
	else
		differs=$((differs + 1))
		echo "differs  $name"
		sed 1,2d "$work/diff" | sed 's/^/    /'
	fi
done

# What no scenario does any more is to be taken out of the list.
if [ "${ALL:-}" = 1 ] && [ $skipped = 0 ] && [ $differs = 0 ]; then
	stale=$(awk -F '``' '$0 ~ /^- ``/ && NF >= 7 { print $2 "\t" $4 }' "$differences" |
		sort -u | while IFS= read -r entry; do
			grep -qxF -e "$entry" "$work/used" || printf '    %s\n' "$entry"
		done)
	if [ -n "$stale" ]; then
		echo "stale    entries of $differences that nothing needs:"
		echo "$stale"
		differs=1
	fi
fi

echo "$# scenarios: $equal equal, $differs not, $skipped skipped"
[ $differs = 0 ]
