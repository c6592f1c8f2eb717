using Azure.Core;
using Azure.ResourceManager;

namespace Serverless.Infra.Compute.Arm;

/// <summary>Makes clients of Azure Resource Manager as this project needs them.</summary>
public static class ArmClients
{
    /// <summary>A client without retries of its own, which reads of scale sets only what this project looks at; see <c>docs/mechanisms/scale-sets.md</c>.</summary>
    /// <param name="credential">Who speaks: in Azure the host's managed identity.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="change">Sets another cloud or transport.</param>
    public static ArmClient Create(TokenCredential credential, string subscriptionId, Action<ArmClientOptions>? change = null)
    {
        var options = new ArmClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(100) } };
        options.AddPolicy(new LeanAnswers(), HttpPipelinePosition.PerCall);
        change?.Invoke(options);
        return new ArmClient(credential, subscriptionId, options);
    }
}
