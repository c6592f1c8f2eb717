#!/usr/bin/env bash
# Compiles the bridge for the libtorch whose headers are there: build.sh OUTPUT_FOLDER [LIBTORCH]
# LIBTORCH: the unpacked archive of libtorch (its include/ and lib/), or /usr for a distribution's development package. One binary for each minor version and platform.
set -euo pipefail
out=$1 torch=${2:-/usr}
version=$(sed -n 's/^#define TORCH_VERSION_MAJOR \([0-9]*\).*/\1/p' "$torch"/include/torch/csrc/api/include/torch/version.h "$torch"/include/torch/headeronly/version.h 2>/dev/null | head -1 || true)
standard=c++17; [ "${version:-1}" -ge 2 ] && standard=c++20
libraries=$torch/lib; [ -e "$torch/lib/$(uname -m)-linux-gnu/libtorch_cpu.so" ] && libraries=$torch/lib/$(uname -m)-linux-gnu
mkdir -p "$out"
# -z now: a libtorch that lacks a symbol is refused when the bridge is loaded, not in the middle of an export.
"${CXX:-g++}" -std=$standard -O1 -fPIC -shared -fvisibility=hidden -I"$torch/include" -o "$out/libServerlessTorchBridge.so" \
  "$(dirname "$0")/bridge.cpp" -L"$libraries" -ltorch_cpu -lc10 -Wl,-z,now
