# syntax=docker/dockerfile:1
# The training container with TorchSharp: trainers, the exporter to ONNX, and the bridge that it needs. It is a file of its own because it needs BuildKit, which 'az acr build' has not.
#   docker build --file training-container/Torch.Dockerfile --tag serverless/torch .                               on processors
#   docker build --file training-container/Torch.Dockerfile --target torch-cuda --tag serverless/torch:cuda .      on NVIDIA GPUs; the machine brings the driver alone
#   docker run --rm serverless/torch --self-test
# Bases are pinned by version: their digests could not be looked up where this was written. The archive of libtorch is pinned by its hash, packages by Directory.Packages.props.

# The bridge to libtorch's tracing: compiled against the headers of the libtorch that TorchSharp 0.106.0 is built for. NuGet's packages have no headers. The archive for
# processors serves both images: the bridge uses libtorch_cpu and c10 alone. Its hash is the one that TorchSharp's sources name for it.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS bridge
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update && apt-get install --yes --no-install-recommends g++ unzip
ADD --checksum=sha256:c5bf8efda9224a2d971b19d1ef6cf3ba6fee8ab53e69c49427db003d1d300496 https://download.pytorch.org/libtorch/cpu/libtorch-shared-with-deps-2.10.0%2Bcpu.zip /libtorch.zip
RUN unzip -q /libtorch.zip -d /opt && rm /libtorch.zip
COPY training-container/Serverless.Torch/Bridge/bridge.cpp training-container/Serverless.Torch/Bridge/build.sh /bridge/
RUN bash /bridge/build.sh /bridge/out /opt/libtorch

# Packages first, in a layer of its own: sources change more often than they do.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS torch-sources
WORKDIR /source
COPY Directory.Build.props Directory.Build.targets Directory.Packages.props global.json BannedSymbols.txt .editorconfig ./
COPY client/Serverless.Contracts/Serverless.Contracts.csproj client/Serverless.Contracts/
COPY functions/Serverless.OnnxRuntime/Serverless.OnnxRuntime.csproj functions/Serverless.OnnxRuntime/OnnxRuntime.targets functions/Serverless.OnnxRuntime/
COPY training-container/Serverless.Jobs/Serverless.Jobs.csproj training-container/Serverless.Jobs/
COPY training-container/Serverless.Onnx/Serverless.Onnx.csproj training-container/Serverless.Onnx/
COPY training-container/Serverless.Training/Serverless.Training.csproj training-container/Serverless.Training/
COPY training-container/Serverless.Torch/Serverless.Torch.csproj training-container/Serverless.Torch/

FROM torch-sources AS torch-cpu-build
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore training-container/Serverless.Torch/Serverless.Torch.csproj --runtime linux-x64 -p:Edition=Full -p:TorchDevice=cpu
COPY client/Serverless.Contracts client/Serverless.Contracts
COPY functions/Serverless.OnnxRuntime functions/Serverless.OnnxRuntime
COPY training-container training-container
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish training-container/Serverless.Torch/Serverless.Torch.csproj --configuration Release --runtime linux-x64 --no-self-contained -p:Edition=Full -p:TorchDevice=cpu --output /program
# ONNX Runtime checks models on the processor here; its CUDA and TensorRT parts are hundreds of megabytes.
RUN find /program '(' -name 'libonnxruntime_providers_*' -o -name '*.pdb' ')' -delete
COPY --from=bridge /bridge/out/libServerlessTorchBridge.so /program/
COPY training-container/contents.sh /
RUN sh /contents.sh /program

FROM torch-sources AS torch-cuda-build
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore training-container/Serverless.Torch/Serverless.Torch.csproj --runtime linux-x64 -p:Edition=Full -p:TorchDevice=cuda
COPY client/Serverless.Contracts client/Serverless.Contracts
COPY functions/Serverless.OnnxRuntime functions/Serverless.OnnxRuntime
COPY training-container training-container
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish training-container/Serverless.Torch/Serverless.Torch.csproj --configuration Release --runtime linux-x64 --no-self-contained -p:Edition=Full -p:TorchDevice=cuda --output /program
RUN find /program '(' -name 'libonnxruntime_providers_*' -o -name '*.pdb' ')' -delete
COPY --from=bridge /bridge/out/libServerlessTorchBridge.so /program/
COPY training-container/contents.sh /
RUN sh /contents.sh /program

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble AS torch
# No root, whoever starts it: the agent runs it as a user of its own anyway. A program of one's own in this image finds the bridge by its variable.
USER 65532:65532
ENV DOTNET_EnableDiagnostics=0 \
    SERVERLESS_TORCH_BRIDGE=/program/libServerlessTorchBridge.so
ENTRYPOINT ["/program/Serverless.Torch"]

FROM torch AS torch-cuda
# What NVIDIA's container runtime is to bring into the container: the driver's libraries for computing, and nvidia-smi.
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=torch-cuda-build /program /program

FROM torch AS torch-cpu
COPY --from=torch-cpu-build /program /program
