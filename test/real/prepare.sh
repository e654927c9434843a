#!/bin/bash
# Lays out the third-party corpora that `npm run test:real -- DIR` reads, and
# computes with git and quilt what Seam must arrive at. README.md next to this
# file describes the layout, the sources and their licences.
set -euo pipefail

usage() {
	cat <<-'EOF'
	usage: prepare.sh DIR

	Makes the corpora for 'npm run test:real -- DIR' in DIR. Steps that are
	done are skipped; to repeat one, remove its file in DIR/.done.

	Inputs come from the network unless these say otherwise:
	  SEAM_LINUX_SOURCE      directory with Debian's linux_6.1.170-3 source files
	  SEAM_GIT_SOURCE        directory with the source files of the installed git
	  SEAM_OVZ_REPO          clone or URL of bronson/linux-2.6.18.8-ovz-xen
	  SEAM_GIT_REPO          clone or URL of git/git
	  SEAM_RAPIDQUILT_REPO   clone or URL of openSUSE/rapidquilt
	  SEAM_QUILT_REPO        clone or URL of sailfishos-mirror/quilt
	  SEAM_CGROUPS_ARCHIVE   clone or URL of the public-inbox archive of cgroups@vger
	  SEAM_SCHEMAS           directory with sarif-schema-2.1.0.json and junit-10.xsd
	EOF
}

# absolute PATH-OR-URL: a directory by its full name, since steps change
# directory; anything else as it is.
absolute() {
	if [ -d "$1" ]; then
		(cd "$1" && pwd)
	else
		printf '%s\n' "$1"
	fi
}

# --- what is fetched -------------------------------------------------------

linux_version=6.1.170
debian_version=6.1.170-3
# From the Checksums-Sha256 field of linux_6.1.170-3.dsc.
linux_checksums='
d97c2b2683633677fa1f41bf5cc58cfac7664b84ca885ce6546d40fee87ba7fe  linux_6.1.170.orig.tar.xz
25805b356526715f569ee3f0e123a567ff0791d68f097036b2dc7587f7c41c19  linux_6.1.170-3.debian.tar.xz
'
linux_patch_count=160
linux_rt_count=67

here=$(cd "$(dirname "$0")" && pwd)
git_source=$(absolute "${SEAM_GIT_SOURCE:-}")
linux_source=$(absolute "${SEAM_LINUX_SOURCE:-}")
ovz_repo=$(absolute "${SEAM_OVZ_REPO:-https://github.com/bronson/linux-2.6.18.8-ovz-xen}")
ovz_2008_base=338b9bb3adac0d2c5a1e180491d9b001d624c402
ovz_2008_tip=f9247273cb69ba101877e946d2d83044409cc8c5
ovz_2008_count=322
ovz_monolith=9435a3ea2ab07922ae7a6eb41015fc2b5b744cd5

schemas_source=$(absolute "${SEAM_SCHEMAS:-}")
git_repo=$(absolute "${SEAM_GIT_REPO:-https://github.com/git/git}")
git_commit=1a3e64c6c4a623626ff0687008732a8e007e2a1c
rapidquilt_repo=$(absolute "${SEAM_RAPIDQUILT_REPO:-https://github.com/openSUSE/rapidquilt}")
rapidquilt_commit=36c9596c102fdbf7087aec654432e991b99e93cc
quilt_repo=$(absolute "${SEAM_QUILT_REPO:-https://github.com/sailfishos-mirror/quilt}")
cgroups_archive=$(absolute "${SEAM_CGROUPS_ARCHIVE:-https://github.com/linux-mailinglist-archives/cgroups.vger.kernel.org.0}")
quilt_commit=b5d31b091bdf1183a713bb85acda363035924c2e

# --- machinery -------------------------------------------------------------

# The user's git and quilt settings must not change what is expected.
unset "${!GIT_@}" "${!QUILT_@}"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C TZ=UTC
export GIT_AUTHOR_NAME='Seam corpora' GIT_AUTHOR_EMAIL=corpora@seam.invalid
export GIT_AUTHOR_DATE='1700000000 +0000'
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

die() {
	printf 'error: %s\n' "$1" >&2
	if [ $# -gt 1 ]; then
		printf 'hint: %s\n' "$2" >&2
	fi
	exit 2
}

require() {
	command -v "$1" >/dev/null || die "'$1' not found" "apt-get install $2"
}

# The name of a step is that of a function with '_' for '-'. A step starts in
# $dir with an empty scratch directory $work, and may be repeated at any time:
# it builds next to its final place and renames.
step() {
	local name=$1 started=$SECONDS
	step_number=$((step_number + 1))
	if [ -e "$dir/.done/$name" ]; then
		printf '[%2d/%d] %s: already done\n' "$step_number" "$step_count" "$name"
		return
	fi
	printf '[%2d/%d] %s ...\n' "$step_number" "$step_count" "$name"
	rm -rf "$work"
	mkdir -p "$work"
	cd "$dir"
	running=$name
	"${name//-/_}"
	running=
	rm -rf "$work"
	: >"$dir/.done/$name"
	printf '        done in %d s\n' $((SECONDS - started))
}

# Says which step stopped; what it left in $work goes when it runs again.
on_exit() {
	local status=$?
	if [ -n "$running" ]; then
		printf "error: step '%s' failed\n" "$running" >&2
		printf 'hint: mend the cause and repeat the command; finished steps are kept\n' >&2
	fi
	exit "$status"
}

# replace NEW OLD: puts NEW where OLD is or was.
replace() {
	rm -rf "$2"
	mkdir -p "$(dirname "$2")"
	mv "$1" "$2"
}

# expect WHAT ACTUAL EXPECTED
expect() {
	[ "$2" = "$3" ] || die "$1 is '$2', expected '$3'"
}

count() {
	wc -l | tr -d ' '
}

# The patches that a quilt series names, one a line. Enough for the two series
# here, which have neither options nor guards.
series_patches() {
	sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$1/series"
}

# The whole work tree in the current directory as a tree object, less quilt's
# own files, with everything that .gitignore would hide.
work_tree_id() {
	git add --all --force -- . ':!/.pc'
	git write-tree
}

# --- Debian's linux source package -----------------------------------------

linux_source() {
	mkdir -p debian-linux
	if linux_checksums_match; then
		return
	elif [ -n "$linux_source" ]; then
		cp "$linux_source"/linux_"$linux_version".orig.tar.xz \
			"$linux_source"/linux_"$debian_version".debian.tar.xz debian-linux/
	else
		require apt-get apt
		(cd debian-linux && apt-get source --download-only "linux=$debian_version") ||
			die "no source package 'linux=$debian_version'" \
				"add a 'deb-src' line for bookworm to /etc/apt/sources.list and run: apt-get update"
	fi
	linux_checksums_match || die "the files in 'debian-linux' are not those of linux $debian_version"
}

linux_checksums_match() {
	(cd debian-linux && printf '%s' "$linux_checksums" | sed '/^$/d' |
		sha256sum --check --status 2>/dev/null)
}

linux_tree() {
	tar -xJf "debian-linux/linux_$linux_version.orig.tar.xz" -C "$work"
	replace "$work/linux-$linux_version" "linux-$linux_version"
}

# The objects of User Mode Linux in its default configuration, and that
# configuration: what a compiler makes of the same source. Everything else of
# the build goes.
linux_um() {
	require flex flex
	require bison bison
	require bc bc
	local out=$work/build
	mkdir "$out" "$work/linux-um"
	make -s -C "$dir/linux-$linux_version" ARCH=um O="$out" defconfig
	make -s -C "$dir/linux-$linux_version" ARCH=um O="$out" -j2 >"$work/log" 2>&1 ||
		die "UML does not build: $(tail -n 1 "$work/log")"
	(cd "$out" && find . \( -name '*.o' -o -name .config \) -print0) |
		tar -C "$out" --null -T - -cf - | tar -C "$work/linux-um" -xf -
	rm -rf "$out"
	replace "$work/linux-um" linux-um
}

linux_patches() {
	tar -xJf "debian-linux/linux_$debian_version.debian.tar.xz" -C "$work" \
		debian/patches debian/patches-rt debian/copyright
	replace "$work/debian/patches" debian-linux/patches
	replace "$work/debian/patches-rt" debian-linux/patches-rt
	replace "$work/debian/copyright" debian-linux/copyright
	expect 'the number of patches' "$(series_patches debian-linux/patches | count)" "$linux_patch_count"
	expect 'the number of rt patches' "$(series_patches debian-linux/patches-rt | count)" "$linux_rt_count"
}

linux_base() {
	local repo=$work/base.git tree
	git init --quiet --bare --initial-branch=base "$repo"
	git -C "$repo" config core.autocrlf false
	git -C "$repo" config gc.auto 0
	tree=$(
		export GIT_DIR=$repo GIT_WORK_TREE=$dir/linux-$linux_version
		cd "$GIT_WORK_TREE"
		git -c core.looseCompression=1 add --all --force .
		git write-tree
	)
	git -C "$repo" update-ref refs/heads/base \
		"$(git -C "$repo" commit-tree -m "linux $linux_version, Debian's orig tarball" "$tree")"
	rm -f "$repo/index"
	git -C "$repo" repack --quiet -a -d
	git -C "$repo" prune
	replace "$repo" debian-linux/base.git
}

# A work tree of debian-linux/base.git at REF in $work/tree. Objects that are
# made there do not reach base.git.
linux_checkout() {
	git clone --quiet --shared --branch "$1" "$dir/debian-linux/base.git" "$work/tree"
}

# quilt_on SERIES ARGS...: quilt as it comes, whatever ~/.quiltrc says.
quilt_on() {
	local series=$1
	shift
	QUILT_PC=.pc QUILT_PATCHES=$dir/debian-linux/$series quilt --quiltrc - "$@"
}

# Every intermediate tree of debian/patches, by pushing one patch at a time and
# recording the files that quilt says it touched; the last tree must be the one
# that `quilt push -a` gives when all files are looked at.
debian_patches() {
	local final patch tree
	linux_checkout base
	cd "$work/tree"
	quilt_on patches push -a >"$work/log"
	final=$(work_tree_id)
	git reset --quiet --hard
	git clean -dffqx

	git update-ref refs/heads/steps HEAD
	series_patches "$dir/debian-linux/patches" | while read -r patch; do
		quilt_on patches push -q >/dev/null </dev/null
		quilt_on patches files | git update-index --add --remove --stdin
		tree=$(git write-tree)
		git update-ref refs/heads/steps "$(git commit-tree -p steps -m "$patch" "$tree")"
		printf '%s %s\n' "$patch" "$tree"
	done >"$work/trees"
	expect 'the last tree' "$(git rev-parse 'steps^{tree}')" "$final"

	publish debian-patches "$linux_patch_count" steps
}

# debian-rt: the second series on the orig tarball; debian-rt-on-patches: on
# top of the first, as the packaging does. Both apply without fuzz.
debian_rt() {
	rt_on base debian-rt
}

debian_rt_on_patches() {
	rt_on debian-patches debian-rt-on-patches
}

# rt_on REF NAME: every tree by `git am`, the last also by `quilt push -a`.
rt_on() {
	local ref=$1 name=$2
	linux_checkout "$ref"
	cd "$work/tree"
	series_patches "$dir/debian-linux/patches-rt" >"$work/names"
	sed "s|^|$dir/debian-linux/patches-rt/|" "$work/names" | tr '\n' '\0' |
		xargs -0 git am --quiet
	git log --reverse --format=%T "origin/$ref.." | paste -d ' ' "$work/names" - >"$work/trees"
	git update-ref refs/heads/steps HEAD

	git reset --quiet --hard "origin/$ref"
	quilt_on patches-rt push -a >"$work/log"
	expect 'the tree after quilt push -a' "$(work_tree_id)" "$(git rev-parse 'steps^{tree}')"

	publish "$name" "$linux_rt_count" steps
}

# publish NAME COUNT REF: what the step found. The commits go along as a branch
# of base.git, so that a tree that differs can be compared with `git diff`.
publish() {
	local expected=debian-linux/expected
	expect "the number of trees of '$1'" "$(grep -cE ' [0-9a-f]{40}$' "$work/trees")" "$2"
	git push --quiet --force origin "$3:refs/heads/$1"
	git rev-parse "$3^{tree}" >"$work/final"
	replace "$work/trees" "$dir/$expected/$1.trees"
	replace "$work/final" "$dir/$expected/$1.final-tree"
	replace "$work/log" "$dir/$expected/$1.quilt-log"
}

# --- two histories in bronson/linux-2.6.18.8-ovz-xen -----------------------

ovz_clone() {
	local how=()
	if [ -d "$ovz_repo" ]; then
		how=(--shared)
	fi
	git clone --quiet --bare "${how[@]}" "$ovz_repo" "$work/repo.git"
	git -C "$work/repo.git" config gc.auto 0
	local commit
	for commit in "$ovz_2008_base" "$ovz_2008_tip" "$ovz_monolith"; do
		git -C "$work/repo.git" cat-file -e "$commit^{commit}" ||
			die "no commit '$commit' in '$ovz_repo'"
	done
	replace "$work/repo.git" ovz-2008/repo.git
}

ovz_2008() {
	local range=$ovz_2008_base..$ovz_2008_tip repo=$dir/ovz-2008/repo.git
	expect 'the number of commits' "$(git -C "$repo" rev-list --count "$range")" "$ovz_2008_count"
	expect 'the number of merges' "$(git -C "$repo" rev-list --count --merges "$range")" 0

	git -C "$repo" format-patch --quiet --full-index --binary -o "$work/patches" "$range"
	(cd "$work/patches" && printf '%s\n' ./*.patch | cut -c 3- >series)
	git -C "$repo" format-patch --full-index --binary --stdout "$range" >"$work/series.mbox"
	git -C "$repo" log --reverse --format=%T "$range" >"$work/trees"
	expect 'the number of patches' "$(count <"$work/patches/series")" "$ovz_2008_count"

	printf '%s\n' "$ovz_2008_base" >"$work/base"
	printf '%s\n' "$ovz_2008_tip" >"$work/tip"
	mkdir "$work/expected"
	mv "$work/trees" "$work/expected/"
	local part
	for part in patches series.mbox expected base tip; do
		replace "$work/$part" "ovz-2008/$part"
	done
}

ovz_monolith() {
	local repo=$dir/ovz-2008/repo.git out=$work/ovz-monolith
	mkdir -p "$out/patches" "$out/expected"
	git -C "$repo" format-patch --full-index --binary -1 --stdout "$ovz_monolith" >"$out/openvz.patch"
	git -C "$repo" diff "$ovz_monolith^" "$ovz_monolith" >"$out/openvz.diff"
	cp "$out/openvz.diff" "$out/patches/openvz.patch"
	printf 'openvz.patch\n' >"$out/patches/series"
	git -C "$repo" rev-parse "$ovz_monolith^" >"$out/base"
	printf '%s\n' "$ovz_monolith" >"$out/tip"
	git -C "$repo" rev-parse "$ovz_monolith^{tree}" >"$out/expected/final-tree"
	ln -s ../ovz-2008/repo.git "$out/repo.git"
	replace "$out" ovz-monolith
}

# --- other projects' own cases ---------------------------------------------

# extract REPO COMMIT NAME PATHSPEC...: files of one commit. Of a remote
# repository only that commit is fetched.
extract() {
	local repo=$1 commit=$2 name=$3
	shift 3
	if ! [ -d "$repo" ]; then
		git init --quiet --bare "$work/$name.git"
		git -C "$work/$name.git" fetch --quiet --depth 1 "$repo" "$commit"
		repo=$work/$name.git
	fi
	mkdir "$work/$name"
	git -C "$repo" archive "$commit" -- "$@" | tar -xf - -C "$work/$name"
	printf '%s\n' "$commit" >"$work/$name/COMMIT"
	replace "$work/$name" "git-apply/$name"
}

git_cases() {
	extract "$git_repo" "$git_commit" git COPYING t/README \
		't/t41[0-5]*' 't/t425*' 't/t5100*' 't/t3206*' \
		't/test-lib*.sh' t/lib-terminal.sh t/lib-diff-data.sh t/lib-diff.sh
}

# big.patch is for rapidquilt's own benchmark and expects nothing.
rapidquilt_cases() {
	extract "$rapidquilt_repo" "$rapidquilt_commit" rapidquilt LICENSE.md testdata \
		':(exclude)testdata/big.patch'
}

quilt_cases() {
	extract "$quilt_repo" "$quilt_commit" quilt COPYING test
}

# git's test scripts and the helper programs that they need, of the very version that is installed: the
# scripts try its other commands as well. On a machine without Debian's packages the step leaves
# nothing, and the corpus is skipped.
git_suite() {
	local version tree
	if ! command -v dpkg-source >/dev/null || ! version=$(dpkg-query -W -f '${source:Version}' git); then
		printf '        left out: no Debian source package for %s\n' "$(git --version)"
		return
	fi
	cd "$work"
	if [ -n "$git_source" ]; then
		dpkg-source --extract "$git_source/git_${version#*:}.dsc" git >/dev/null 2>"$work/log"
	else
		apt-get source --download-only "git=$version" >/dev/null
		dpkg-source --extract "git_${version#*:}.dsc" git >/dev/null 2>"$work/log"
	fi
	tree=$work/git
	make -C "$tree" -j"$(nproc)" \
		NO_CURL=1 NO_EXPAT=1 NO_OPENSSL=1 NO_GETTEXT=1 NO_TCLTK=1 NO_PYTHON=1 \
		GIT-BUILD-OPTIONS t/helper/test-tool >"$work/log" 2>&1 ||
		die "git's test helpers do not build, see '$work/log'" \
			'apt-get install make gcc libc6-dev zlib1g-dev'
	make -C "$tree/templates" >>"$work/log" 2>&1
	git --version >"$tree/VERSION"
	replace "$tree" "$dir/git-suite"
}

# --- one series in seventeen versions, from the archive of a mailing list ---

sgx_versions() {
	local archive=$cgroups_archive node
	node=$(printf '%s\n' "$here"/../../node_modules/node-linux-*/bin/node | head -n 1)
	[ -x "$node" ] || die 'no Node in node_modules' 'npm ci'
	if [ ! -d "$archive" ]; then
		git clone --quiet --bare "$archive" "$work/archive.git"
		archive=$work/archive.git
	fi
	"$node" "$here/extract-threads.ts" "$archive" "$work/sgx"
	replace "$work/sgx" sgx-versions
}

# --- schemas of what a check writes for other programs -----------------------

schemas() {
	local sarif=https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas
	local junit=https://raw.githubusercontent.com/jenkinsci/xunit-plugin/xunit-3.1.4
	junit=$junit/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd
	mkdir "$work/schemas"
	copy_or_fetch sarif-schema-2.1.0.json "$sarif"
	copy_or_fetch junit-10.xsd "$junit"
	replace "$work/schemas" schemas
}

# copy_or_fetch FILE URL: from the directory that the user names, or from below URL.
copy_or_fetch() {
	if [ -n "$schemas_source" ]; then
		cp "$schemas_source/$1" "$work/schemas/$1"
	else
		require curl curl
		curl --fail --silent --show-error --location --output "$work/schemas/$1" "$2/$1"
	fi
}

# --- main ------------------------------------------------------------------

steps=(
	linux-source linux-tree linux-um linux-patches linux-base
	debian-patches debian-rt debian-rt-on-patches
	ovz-clone ovz-2008 ovz-monolith
	git-cases rapidquilt-cases quilt-cases git-suite
	sgx-versions schemas
)

case ${1:-} in
-h | --help)
	usage
	exit 0
	;;
'' | -*)
	usage >&2
	exit 2
	;;
esac
[ $# -eq 1 ] || die 'more than one directory given' 'prepare.sh DIR'

require git git
require quilt quilt
require patch patch
require xz xz-utils

mkdir -p "$1/.done"
dir=$(cd "$1" && pwd)
work=$dir/.work
step_number=0
running=
trap on_exit EXIT
step_count=${#steps[@]}
for name in "${steps[@]}"; do
	step "$name"
done
rm -rf "$work"
