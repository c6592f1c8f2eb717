# syntax=docker/dockerfile:1
# A package, not a container to run: a machine of a scale set takes the agent out of it (infra/cloud-init/node.yaml) and runs it itself.
#   docker build --file training-container/Agent.Dockerfile --tag serverless/agent .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish training-container/Serverless.Agent/Serverless.Agent.csproj --configuration Release --runtime linux-x64 --self-contained --output /agent

FROM scratch
COPY --from=build /agent /agent
