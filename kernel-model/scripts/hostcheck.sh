#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Plays scenarios on a real kernel.
#
# usage: hostcheck.sh native|uml HOSTRUN PRELOAD DIR FILE.scn...
#
# Traces go to DIR/AREA/NAME.trace.  PRELOAD is what user-mode Linux needs on
# processors with large registers.
set -u
host=$1 hostrun=$2 preload=$3 dir=$4
shift 4

# What a scenario could leave behind if its namespaces did not hold.
state() {
	cat /proc/self/mounts /proc/sys/kernel/hostname /proc/sysvipc/* /proc/net/dev_mcast
	ps -e -o comm= | grep -c '^hostrun$'
}

native() {
	if [ "$(id -u)" != 0 ]; then
		echo "error: HOST=native needs root for its namespaces" >&2
		echo "hint: make hostcheck HOST=uml" >&2
		return 3
	fi
	before=$(state 2>/dev/null)
	"$hostrun" -o "$dir" "$@"
	status=$?
	if [ "$(state 2>/dev/null)" != "$before" ]; then
		echo "error: mounts, names, ipc objects or processes of the host changed" >&2
		return 3
	fi
	return $status
}

uml() {
	if ! command -v linux.uml > /dev/null; then
		echo "error: user-mode Linux is not there" >&2
		echo "hint: apt-get install user-mode-linux" >&2
		return 3
	fi
	printf '%s\n' "$@" > "$dir/list"
	LD_PRELOAD=$preload linux.uml mem=256M quiet loglevel=0 rootfstype=hostfs rootflags=/ ro \
		con=null con0=fd:0,fd:1 init="$hostrun" -- -o "$dir" "@$dir/list" \
		< /dev/null > "$dir/console" 2>&1
	tr -d '\r' < "$dir/console" | grep -E '^(failed:|error:|/[^ ]*:[0-9]+: )'
	rm -f "$dir/list"
	status=$(tr -d '\r' < "$dir/console" | sed -n 's/^status: //p')
	if [ -z "$status" ]; then
		echo "error: user-mode Linux did not come to the end:" >&2
		tail -n 20 "$dir/console" >&2
		return 3
	fi
	return "$status"
}

case $host in
native | uml)
	$host "$@"
	;;
*)
	echo "error: no such HOST: '$host'" >&2
	echo "hint: HOST=native or HOST=uml" >&2
	exit 2
	;;
esac
