#!/bin/sh
# Before resources are made: a public SSH key for the nodes, because Azure wants one. Nobody needs to log in, so the private half is thrown away.
set -eu

if [ -n "${SERVERLESS_NODE_SSH_KEY:-}" ]; then
  exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ssh-keygen -q -t rsa -b 4096 -N '' -C serverless -f "$folder/key"
azd env set SERVERLESS_NODE_SSH_KEY "$(cat "$folder/key.pub")"
echo 'Made an SSH key for the nodes and kept its public half only. To log in, set SERVERLESS_NODE_SSH_KEY to a key of yours.'
