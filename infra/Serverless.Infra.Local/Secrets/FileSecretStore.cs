using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Secrets;

namespace Serverless.Infra.Local.Secrets;

/// <summary>Secrets as files of a folder, named as the secret, one value each; a line end at the end is not part of it. As container platforms mount them.</summary>
/// <param name="folder">The folder; it need not be there.</param>
/// <param name="next">Asked for what the folder does not have.</param>
public sealed class FileSecretStore(string folder, ISecretStore? next = null) : ISecretStore
{
    /// <summary>Most bytes of a secret: certificates with their chain fit.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <inheritdoc/>
    public async Task<string?> GetAsync(string name, CancellationToken cancel)
    {
        if (!NameRules.IsName(name))
            return null;
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
            return next is null ? null : await next.GetAsync(name, cancel);
        if (file.Length > MaxBytes)
            throw new ServerlessException(ProblemCodes.TooLarge, $"The file of the secret '{name}' has {file.Length} bytes; the limit is {MaxBytes}.", "Keep large content in an artifact.");
        try
        {
            return (await File.ReadAllTextAsync(file.FullName, cancel)).TrimEnd('\r', '\n');
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new ServerlessException(ProblemCodes.Unavailable, $"The file of the secret '{name}' cannot be read.", "Give the host's user the right to read it.", inner: denied);
        }
    }
}
