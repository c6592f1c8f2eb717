using System.Collections.Concurrent;
using Serverless.Core.Names;
using Serverless.Core.Secrets;

namespace Serverless.TestKit.Fakes;

/// <summary>Secrets in memory.</summary>
public sealed class MemorySecretStore : ISecretStore
{
    /// <summary>The secrets by name.</summary>
    public ConcurrentDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public Task<string?> GetAsync(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(NameRules.IsName(name) ? Secrets.GetValueOrDefault(name) : null);
    }
}
