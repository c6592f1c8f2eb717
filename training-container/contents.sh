#!/bin/sh
# Says what an image of Serverless.Torch contains, with versions, and keeps it beside the program: contents.sh PROGRAM_FOLDER
set -eu
folder=$1
deps=$folder/Serverless.Torch.deps.json
{
  sed -n 's/^ *"name": "\(\.NETCoreApp,Version=[^/"]*\).*/\1/p' "$deps"
  sed -n 's/^ *"\([A-Za-z][A-Za-z0-9._-]*\)\/\([0-9][^"]*\)": {$/\1 \2/p' "$deps" | sort -u
  if [ -f "$folder/libServerlessTorchBridge.so" ]; then
    echo "libServerlessTorchBridge.so sha256 $(sha256sum "$folder/libServerlessTorchBridge.so" | cut -d ' ' -f 1)"
  fi
  echo "$(du -sm "$folder" | cut -f 1) MB"
} | tee "$folder/contents.txt"
