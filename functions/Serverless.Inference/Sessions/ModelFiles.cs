using System.Security.Cryptography;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Models;
using Serverless.Inference.Options;

namespace Serverless.Inference.Sessions;

/// <summary>Reads models from the store, and lets through only bytes that have the hash under which the version was registered.</summary>
internal sealed class ModelFiles(IArtifactStore artifacts, ModelSet models, InferenceOptions options)
{
    /// <summary>The bytes of a version.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>, <c>too_large</c>, <c>hash_mismatch</c>: it cannot be served; or what the store says.</exception>
    public async Task<byte[]> ReadAsync(EndpointModel model, CancellationToken cancel)
    {
        var version = await models.FindAsync(ModelSet.Id(model.Name, model.Version), cancel)
            ?? throw Fail.NotFound("model version", model.ToString(), "List the versions with 'model list'.");
        if (version.SizeBytes > options.MaxModelBytes)
        {
            throw new ServerlessException(
                ProblemCodes.TooLarge, $"The model {model} has {version.SizeBytes} bytes; the limit is {options.MaxModelBytes}.", "Use a smaller model, or raise the limit.");
        }

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
}
