using System.Security.Cryptography;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Models;

namespace Serverless.Inference.Sessions;

/// <summary>Reads models from the store, and lets through only bytes that have the hash under which the version was registered.</summary>
internal sealed class ModelFiles(IArtifactStore artifacts, ModelSet models, InferenceOptions options)
{
    /// <summary>The bytes of a version that need not be registered yet: registering comes after the check. Then there is no hash to hold them to.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>, <c>too_large</c>, <c>hash_mismatch</c>: it cannot be served; or what the store says.</exception>
    public async Task<byte[]> ReadNewAsync(EndpointModel model, CancellationToken cancel)
    {
        if (await models.FindAsync(ModelSet.Id(model.Name, model.Version), cancel) is not null)
            return await ReadAsync(model, cancel);
        var path = ArtifactPaths.Model(model.Name, model.Version);
        var file = await artifacts.FindAsync(path, cancel) ?? throw Fail.NotFound("model file", model.ToString(), "Write it before it is checked.");
        RequireSize(model, file.SizeBytes);
        await using var stream = await artifacts.OpenReadAsync(path, new ByteRange(0, file.SizeBytes), cancel);
        var bytes = GC.AllocateUninitializedArray<byte>((int)file.SizeBytes);
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    /// <summary>The bytes of a version.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>, <c>too_large</c>, <c>hash_mismatch</c>: it cannot be served; or what the store says.</exception>
    public async Task<byte[]> ReadAsync(EndpointModel model, CancellationToken cancel)
    {
        var version = await models.FindAsync(ModelSet.Id(model.Name, model.Version), cancel)
            ?? throw Fail.NotFound("model version", model.ToString(), "List the versions with 'model list'.");
        RequireSize(model, version.SizeBytes);
        await using var stream = await artifacts.OpenReadAsync(ArtifactPaths.Model(model.Name, model.Version), null, cancel);
        var bytes = GC.AllocateUninitializedArray<byte>((int)version.SizeBytes);
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        var more = new byte[1];
        var isWhole = read == bytes.Length && await stream.ReadAsync(more, cancel) == 0;
        return isWhole && Convert.ToHexStringLower(SHA256.HashData(bytes)).Equals(version.Sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new ServerlessException(
                ProblemCodes.HashMismatch,
                $"The file of model {model} is not the one that was registered: its bytes do not have the SHA-256 {version.Sha256}.",
                "Someone changed the file in the store. Register the model again, as a new version.");
    }

    private void RequireSize(EndpointModel model, long sizeBytes)
    {
        if (sizeBytes > options.MaxModelBytes)
        {
            throw new ServerlessException(
                ProblemCodes.TooLarge, $"The model {model} has {sizeBytes} bytes; the limit is {options.MaxModelBytes}.", "Use a smaller model, or raise the limit.");
        }
    }
}
