#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Everything that must hold of the tree, at length.  See 'make help'.
#
# usage: gates.sh DIR [GATE...]
#
# Builds go below DIR.  KERNEL is a kernel source with scripts/checkpatch.pl and
# scripts/get_maintainer.pl, JOBS and SEEDS are numbers.  What is being done is
# told on stderr if that is a terminal.  Exit status: 0 if all gates hold, 1 if
# not, 2 for what cannot be run.
set -u
src=$(cd "$(dirname "$0")/.." && pwd)
dir=$1
shift
gates=${*:-style owners sparse configurations sanitizers failures figures}
jobs=${JOBS:-2} seeds=${SEEDS:-16} kernel=${KERNEL:-}
bad=0
unset MAKEFLAGS MAKELEVEL

mkdir -p "$dir" || exit 2
dir=$(cd "$dir" && pwd)

progress() { # what is being done; nothing when it is done
	[ ! -t 2 ] || printf '\r\033[K%s' "$*" >&2
}

ok() {
	progress
	printf 'ok       %s\n' "$*"
}

fail() {
	progress
	printf 'FAILED   %s\n' "$1"
	[ $# -lt 2 ] || sed 's/^/    /' "$2" | head -n 30
	bad=1
}

skip() {
	progress
	printf 'skipped  %s\n' "$*"
}

build() { # O, make's arguments...: no warning may come
	o=$1
	shift
	make -s -C "$src" -j"$jobs" O="$o" "$@" > /dev/null 2> "$o/errors" || return 1
	[ ! -s "$o/errors" ]
}

configure() { # O, target, KCONFIG_SEED
	mkdir -p "$1"
	KCONFIG_SEED=${3:-} make -s -C "$src" O="$1" "$2" > /dev/null 2> "$1/errors"
}

has() { # O, option
	grep -q "^CONFIG_$2=y" "$1/.config"
}

# Unit tests and scenarios of a build, as far as it has them.
check() {
	if has "$1" KUNIT && ! "$1/vmlinux" kunit > "$1/errors" 2>&1; then
		grep -a '^ *not ok\|panic\|ERROR\|runtime error' "$1/errors" > "$1/errors.short"
		mv "$1/errors.short" "$1/errors"
		return 1
	fi
	if has "$1" SCENARIO; then
		"$src/scripts/tracecheck.sh" "$1/vmlinux" "$src/tests/golden" \
			"$src/Documentation/differences.rst" "$src"/tests/scenarios/*/*.scn \
			> "$1/errors" || { sed -i '/^skipped/d' "$1/errors"; return 1; }
	fi
}

one_configuration() { # name, O, make's arguments...
	name=$1 o=$2
	shift 2
	count=$((count + 1))
	progress "configuration $count: $name"
	if ! build "$o" W=1 "$@"; then
		fail "$name: build" "$o/errors"
	elif ! check "$o"; then
		fail "$name: tests" "$o/errors"
	fi
}

# Each option by itself, against a background where all others are off, or on.
one_option() { # O, background, option, value
	configure "$1" "$2" || return 1
	sed -i "/CONFIG_$3[= ]/d" "$1/.config"
	if [ "$4" = y ]; then
		echo "CONFIG_$3=y" >> "$1/.config"
	else
		echo "# CONFIG_$3 is not set" >> "$1/.config"
	fi
	configure "$1" olddefconfig
}

# Only what depends on nothing else can be on by itself; the rest is off again.
each_option() { # O, compiler
	options=$(find "$src" -name Kconfig -exec awk '/^config/ { name = $2 }
		/^\tbool/ { print name }' {} + | sort)
	for option in $options; do
		one_option "$1" allnoconfig "$option" y && has "$1" "$option" &&
			one_configuration "$2 only $option" "$1" CC="$2"
		one_option "$1" allyesconfig "$option" n &&
			one_configuration "$2 without $option" "$1" CC="$2"
	done
}

gate_configurations() {
	for cc in gcc clang; do
		if ! command -v $cc > /dev/null; then
			skip "configurations with $cc: it is not there"
			continue
		fi
		o=$dir/$cc count=0 before=$bad bad=0
		for target in defconfig allnoconfig allyesconfig; do
			configure "$o" $target
			one_configuration "$cc $target" "$o" CC=$cc
		done
		# The other compiler looks at a sample.
		[ $cc != gcc ] || each_option "$o" $cc
		seed=$([ $cc = gcc ] || echo $((seeds - seeds / 4)))
		while [ "${seed:=0}" -lt "$seeds" ]; do
			seed=$((seed + 1))
			configure "$o" randconfig $seed
			one_configuration "$cc randconfig $seed" "$o" CC=$cc
		done
		[ $bad != 0 ] || ok "$count configurations with $cc: no warning, all tests pass"
		bad=$((bad | before))
	done
}

gate_sparse() {
	command -v sparse > /dev/null || { skip "sparse: it is not there"; return; }
	for target in defconfig allyesconfig; do
		progress "sparse: $target"
		configure "$dir/sparse" $target
		if build "$dir/sparse" C=1; then
			ok "sparse has nothing to say about $target"
		else
			fail "sparse $target" "$dir/sparse/errors"
		fi
		make -s -C "$src" O="$dir/sparse" clean
	done
}

gate_sanitizers() {
	o=$dir/san
	progress "sanitizers: build"
	configure "$o" allyesconfig
	build "$o" SAN=1 || { fail "SAN=1: build" "$o/errors"; return; }
	progress "sanitizers: unit tests and scenarios"
	"$o/vmlinux" kunit > "$o/out" 2> "$o/errors"
	status=$?
	if [ $status != 0 ] || grep -q 'Sanitizer\|runtime error' "$o/errors"; then
		fail "SAN=1: unit tests" "$o/errors"
		return
	fi
	check "$o" || { fail "SAN=1: scenarios" "$o/errors"; return; }
	ok "ASan, UBSan and LSan are silent over unit tests and scenarios"
	random "$o" || { fail "SAN=1: random bytes" "$o/errors"; return; }
	ok "$rounds random scenarios end with status 0 or 2"
}

# Bytes of any kind, and lines of real scenarios with some bytes changed.
random() {
	rounds=300
	i=0
	cat "$src"/tests/scenarios/*/*.scn > "$1/all.scn"
	while [ $i -lt $rounds ]; do
		awk -v seed=$i 'BEGIN { srand(seed) }
			{ line[NR] = $0 }
			END {
				for (n = 0; n < 12; n++) {
					s = line[1 + int(rand() * NR)]
					at = 1 + int(rand() * length(s))
					c = sprintf("%c", 1 + int(rand() * 255))
					head = substr(s, 1, at - 1)
					print head (rand() < .7 ? c : "") substr(s, at + 1)
				}
			}' "$1/all.scn" > "$1/random.scn"
		[ $((i % 3)) != 0 ] || head -c $((i * 7)) /dev/urandom > "$1/random.scn"
		progress "sanitizers: random scenario $i of $rounds"
		timeout 20 "$1/vmlinux" run "$1/random.scn" > /dev/null 2> "$1/errors"
		status=$?
		case $status in
		0 | 2) ;;
		*)
			echo "status $status for $1/random.scn" >> "$1/errors"
			return 1
			;;
		esac
		i=$((i + 1))
	done
}

gate_failures() {
	o=$dir/failures
	progress "failures: unit tests and scenarios, each allocation in turn"
	configure "$o" defconfig
	build "$o" || { fail "failures: build" "$o/errors"; return; }
	if ALL=1 "$src/scripts/sweep.sh" "$o/vmlinux" "$src/Documentation/known-bugs" \
		"$src"/tests/scenarios/*/*.scn > "$o/errors"; then
		ok "$(tail -n 1 "$o/errors")"
	else
		fail "failing allocations" "$o/errors"
	fi
}

no_kernel() {
	skip "$1: KERNEL=DIR does not name a kernel source"
	return 1
}

gate_style() {
	[ -f "$kernel/scripts/checkpatch.pl" ] || no_kernel style || return
	options=$(sed 's/#.*//' "$src/.checkpatch.conf")
	: > "$dir/style"
	(cd "$src" && git ls-files . | while read -r file; do
		progress "style: $file"
		# shellcheck disable=SC2086 # options are words
		perl "$kernel/scripts/checkpatch.pl" --no-summary --terse --root="$kernel" \
			$options -f "$file" >> "$dir/style" 2>&1
	done
	rm -f .checkpatch-camelcase.*)
	if [ -s "$dir/style" ]; then
		fail "style: $(wc -l < "$dir/style") findings of checkpatch" "$dir/style"
	else
		ok "checkpatch --strict has nothing to say about any file"
	fi
}

gate_owners() {
	[ -f "$kernel/scripts/get_maintainer.pl" ] || no_kernel owners || return
	tree=$dir/tree
	rm -rf "$tree"
	mkdir -p "$tree"
	(cd "$src" && git ls-files -z . | xargs -0 cp --parents -t "$tree")
	(cd "$tree" && git -C "$src" ls-files . | while read -r file; do
		progress "owners: $file"
		perl "$kernel/scripts/get_maintainer.pl" --no-tree --no-git --no-git-fallback \
			--nol --no-rolestats --sections -f "$file" 2> /dev/null |
			grep -v '^.:' | grep -v '^THE REST$' | grep -q . || echo "$file"
	done) > "$dir/owners"
	if [ -s "$dir/owners" ]; then
		fail "MAINTAINERS: files without an owner" "$dir/owners"
	else
		ok "MAINTAINERS has an owner for every file"
	fi
}

below() { # figure, limit, text
	if [ "$1" -lt "$2" ]; then ok "$3"; else fail "$3"; fi
}

gate_figures() {
	o=$dir/figures
	configure "$o" defconfig
	build "$o" || { fail "figures: build" "$o/errors"; return; }
	: > "$o/empty.scn"
	start=$(date +%s%N)
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		"$o/vmlinux" run "$o/empty.scn"
	done
	us=$((($(date +%s%N) - start) / 10000))
	below "$us" 5000 "boot: $us us"
	start=$(date +%s%N)
	"$o/vmlinux" kunit > /dev/null 2>&1
	for scn in "$src"/tests/scenarios/*/*.scn; do
		"$o/vmlinux" run "$scn" > /dev/null 2>&1
	done
	ms=$((($(date +%s%N) - start) / 1000000))
	below "$ms" 2000 "unit tests and scenarios: $ms ms"
	kib=$(LC_ALL=C /usr/bin/time -f %M "$o/vmlinux" run "$o/empty.scn" 2>&1)
	below "$kib" 4096 "boot: $kib KiB of memory"
	gate_instructions
}

instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$o/vmlinux" bench 2>&1 |
		sed -n 's/.*Collected : //p'
}

gate_instructions() {
	command -v valgrind > /dev/null || { skip "bench: valgrind is not there"; return; }
	one=$(instructions) two=$(instructions)
	if [ -n "$one" ] && [ "$one" = "$two" ]; then
		ok "bench: $one instructions, twice"
	else
		fail "bench: $one instructions, then $two"
	fi
}

for gate in $gates; do
	case $gate in
	style | owners | sparse | configurations | sanitizers | failures | figures)
		"gate_$gate"
		;;
	*)
		echo "error: no gate is called '$gate'" >&2
		echo "hint: style owners sparse configurations sanitizers failures figures" >&2
		exit 2
		;;
	esac
done
exit $bad
