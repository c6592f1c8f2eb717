using Azure;
using Azure.Security.KeyVault.Secrets;
using Serverless.Core.Secrets;
using Serverless.Infra.Azure.Failures;

namespace Serverless.Infra.Azure.Secrets;

/// <summary>Secrets of a vault, in their current version. Nothing is kept: a secret that is replaced or disabled is so at once.</summary>
internal sealed class KeyVaultSecretStore(SecretClient vault) : ISecretStore
{
    /// <inheritdoc/>
    public async Task<string?> GetAsync(string name, CancellationToken cancel) =>
        SecretNames.InVault(name) is not { } inVault ? null : await AzureFailures.CallAsync($"Reading the secret '{name}'", async token =>
        {
            try
            {
                return (await vault.GetSecretAsync(inVault, cancellationToken: token)).Value.Value;
            }
            catch (RequestFailedException none) when (none.Status == 404 && none.ErrorCode == "SecretNotFound")
            {
                return null;
            }
        }, cancel);
}
