#!/usr/bin/env bash
# Builds the last commit for all platforms in two places, and compares. Needs
# goreleaser and cyclonedx-gomod on the path: `make release-check` puts them there.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
unset TF_CLI_CONFIG_FILE

root=$PWD
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT

step() {
  printf '\n==> %s\n' "$*"
}

fail() {
  echo "$*" >&2
  exit 1
}

# build FOLDER: clones the commit into it, and builds it there.
build() {
  git clone --quiet --no-checkout "$root" "$1"
  git -C "$1" checkout --quiet --detach "$commit"
  (cd "$1" && goreleaser release --snapshot --clean --skip=publish,sign)
}

step "Configuration"
goreleaser check
if [ -n "$(git status --porcelain)" ]; then
  echo "What is not committed is not built." >&2
fi

step "First build"
build "$work/first"

# In another folder, zone and mask, and with nothing taken over from the first.
step "Second build"
(
  export TZ=Pacific/Auckland GOCACHE="$work/cache"
  umask 077
  build "$work/in another place/second"
)

step "Hashes"
cd "$work/first/dist"
diff ./*_SHA256SUMS "$work/in another place/second/dist/"*_SHA256SUMS
cat ./*_SHA256SUMS
if command -v sha256sum >/dev/null; then
  # The manifest is taken from the repository, under another name.
  grep -v '_manifest.json$' ./*_SHA256SUMS | sha256sum --check --quiet
fi

step "Names and contents"
version=$(basename ./*_SHA256SUMS _SHA256SUMS)
version=${version#terraform-provider-talq_}
platforms="darwin_amd64 darwin_arm64 freebsd_386 freebsd_amd64 freebsd_arm freebsd_arm64
  linux_386 linux_amd64 linux_arm linux_arm64 windows_386 windows_amd64 windows_arm64"
for platform in $platforms; do
  name=terraform-provider-talq_${version}_$platform.zip
  [ -f "$name" ] || fail "$name is missing"
  [ -s "$name.cdx.json" ] || fail "$name.cdx.json is missing"
done
# Two lines for each platform, and one for the manifest.
expected=$(($(wc -w <<<"$platforms") * 2 + 1))
[ "$(wc -l <./*_SHA256SUMS)" -eq "$expected" ] || fail "there are not $expected hashes"
for binary in */terraform-provider-talq_v"$version"*; do
  grep -aqF "$version" "$binary" || fail "$binary does not know its version"
  ! grep -aqF "$work" "$binary" || fail "$binary names the folder that it was built in"
done

if command -v terraform >/dev/null; then
  step "Installed by Terraform from a mirror of the archives"
  mirror=$work/mirror/registry.terraform.io/talqover/talq
  mkdir -p "$mirror" "$work/try"
  cp ./*.zip "$mirror"
  cat >"$work/try/main.tf" <<EOF
terraform {
  required_providers {
    talq = {
      source  = "talqover/talq"
      version = "$version"
    }
  }
}
EOF
  terraform -chdir="$work/try" init -input=false -no-color -plugin-dir="$work/mirror"
  terraform -chdir="$work/try" providers schema -json | grep -q '"talq_action"'
fi

step "Both builds are the same"
