using Azure.Core;
using Azure.Identity;

namespace Serverless.Infra.Azure.Identities;

/// <summary>Who the host is in Azure.</summary>
internal static class HostIdentity
{
    /// <summary>The user-assigned identity that is named, and no other; else what the environment has.</summary>
    public static TokenCredential Of(string? clientId) => clientId is null
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
