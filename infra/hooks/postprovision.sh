#!/bin/sh
# After resources are made: the images, built in the registry, so that no Docker is needed here. Every step may be done twice.
set -eu
cd "$(dirname "$0")/../.."

version=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)

build() { # repository, Dockerfile
  if [ ! -f "$2" ]; then
    echo "There is no $2, so the image $1 is not built."
    return
  fi
  az acr build --only-show-errors --registry "$SERVERLESS_REGISTRY_NAME" --image "$1:latest" --image "$1:$version" --file "$2" .
}

build serverless/training training-container/Dockerfile
build serverless/agent training-container/Agent.Dockerfile
if [ "${SERVERLESS_GPU_INFERENCE:-false}" = true ]; then
  build serverless/inference functions/Serverless.Functions.Inference/Dockerfile
fi
