using Serverless.Core.Names;
using Serverless.Core.Secrets;

namespace Serverless.Infra.Local.Secrets;

/// <summary>Secrets from the host's environment: the secret <c>db-password</c> is the variable <c>SERVERLESS_SECRET_DB_PASSWORD</c>. Agents and programs do not inherit these.</summary>
public sealed class EnvironmentSecretStore : ISecretStore
{
    /// <summary>What every variable with a secret begins with.</summary>
    public const string Prefix = "SERVERLESS_SECRET_";

    /// <inheritdoc/>
    public Task<string?> GetAsync(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(NameRules.IsName(name) ? Environment.GetEnvironmentVariable(VariableOf(name)) : null);
    }

    private static string VariableOf(string name) => Prefix + string.Create(name.Length, name, (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = char.IsAsciiLetterOrDigit(source[i]) ? char.ToUpperInvariant(source[i]) : '_';
    });
}
