#!/usr/bin/env bash
# Builds what ships into artifacts/. Needs the .NET SDK, git and apt; installs the linker's needs when they are missing.
#   ./build.sh lambda    artifacts/lambda/bootstrap and artifacts/lambda.zip
#   ./build.sh cli       artifacts/cli/signalbox
#   ./build.sh all       both
#   ./build.sh container artifacts/signalbox.tar, an image for docker load or podman load; needs a registry with .NET's base images
set -euo pipefail
cd "$(dirname "$0")"

rid=linux-$([ "$(uname -m)" = aarch64 ] && echo arm64 || echo x64)

# Installs Debian packages that a check finds missing.
need() { # what to check, packages
  if ! eval "$1" >/dev/null 2>&1; then
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    if ! command -v apt-get >/dev/null || ! command -v "${sudo:-env}" >/dev/null; then
      echo "build.sh: $2 is missing and cannot be installed from here: it takes apt-get, and root or sudo" >&2
      exit 1
    fi
    echo "build.sh: installing $2" >&2
    local log; log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2; } >"$log" 2>&1; then
      cat "$log" >&2
      echo "build.sh: $2 cannot be installed; apt-get says why above" >&2
      exit 1
    fi
    rm -f "$log"
  fi
}

# Some package feeds lack the .NET 10 NativeAOT runtime pack: then the same sources are published from net9.0.
framework() {
  local probe=artifacts/probe
  mkdir -p "$probe"
  # What was found once stays; what was missing may have come since.
  if [ "$(cat "$probe/$rid" 2>/dev/null)" != net10.0 ]; then
    cat > "$probe/probe.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifier>$rid</RuntimeIdentifier>
    <PublishAot>true</PublishAot>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
  </PropertyGroup>
</Project>
EOF
    if dotnet restore "$probe/probe.csproj" >"$probe/restore.log" 2>&1; then echo net10.0; else echo net9.0; fi > "$probe/$rid"
  fi
  cat "$probe/$rid"
}

publish() { # project, folder, name of the binary
  need 'command -v clang' clang
  need 'test -e /usr/include/zlib.h' zlib1g-dev
  local framework
  framework=$(framework)
  echo "build.sh: $2 from $framework for $rid$([ "$framework" = net9.0 ] && echo ' (the feed has no .NET 10 NativeAOT runtime pack)')" >&2
  rm -rf "artifacts/$2"
  dotnet publish "src/$1" -c Release -p:TargetFrameworks="$framework" -f "$framework" -r "$rid" -p:PublishAot=true \
    -p:RestoreLockedMode=false -p:ArtifactsPath="$PWD/artifacts/native" -o "artifacts/$2" -v quiet --nologo
  find "artifacts/$2" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
  chmod 755 "artifacts/$2/$3"
  echo "build.sh: artifacts/$2/$3, $(stat -c %s "artifacts/$2/$3") bytes" >&2
}

lambda() {
  need 'command -v zip' zip
  publish Signalbox.Lambda lambda bootstrap
  # The same sources give the same bytes: fixed times, fixed order, no owners.
  touch -d '1980-01-01 00:00:00 UTC' artifacts/lambda/bootstrap
  rm -f artifacts/lambda.zip
  (cd artifacts/lambda && TZ=UTC zip -q -X -9 ../lambda.zip bootstrap)
  echo "build.sh: artifacts/lambda.zip, $(stat -c %s artifacts/lambda.zip) bytes" >&2
}

cli() { publish Signalbox.Cli cli signalbox; }

container() {
  need 'command -v clang' clang
  need 'test -e /usr/include/zlib.h' zlib1g-dev
  local framework
  framework=$(framework)
  # Whatever lies where the SDK publishes goes into the image. What would lie there beside each assembly, its .pdb, is asked not to come along.
  rm -rf artifacts/native/publish/Signalbox.Cli
  # BASE_IMAGE replaces the base image that the SDK takes, for registries of one's own.
  dotnet publish src/Signalbox.Cli -c Release -p:TargetFrameworks="$framework" -f "$framework" -r "$rid" -p:PublishAot=true -p:RestoreLockedMode=false \
    -p:ArtifactsPath="$PWD/artifacts/native" -t:PublishContainer -p:CopyOutputSymbolsToPublishDirectory=false -p:PublishDocumentationFiles=false \
    -p:PublishReferencesDocumentationFiles=false -p:AllowedReferenceRelatedFileExtensions=none -p:ContainerArchiveOutputPath="$PWD/artifacts/signalbox.tar" \
    ${BASE_IMAGE:+-p:ContainerBaseImage="$BASE_IMAGE"} -v quiet --nologo
  echo "build.sh: artifacts/signalbox.tar, $(stat -c %s artifacts/signalbox.tar) bytes" >&2
}

case "${1:-}" in
  lambda) lambda ;;
  cli) cli ;;
  all) lambda; cli ;;
  container) container ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
