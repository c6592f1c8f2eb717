using System.Text.Json;

namespace Serverless.Agent.Metadata;

/// <summary>Who a machine is.</summary>
/// <param name="VmId">Its id for its whole life.</param>
/// <param name="Name">The name that scheduled events use, such as <c>sl-gpu_3</c>.</param>
internal sealed record InstanceIdentity(string VmId, string Name)
{
    /// <summary>What a node's id begins with; the pool makes the same of the machine's id.</summary>
    private const string NodePrefix = "node-";

    /// <summary>The node's id.</summary>
    public string NodeId => NodePrefix + VmId.ToLowerInvariant();

    /// <summary>Reads the service's <c>instance/compute</c>.</summary>
    /// <exception cref="JsonException">It has no such members.</exception>
    public static InstanceIdentity Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new InstanceIdentity(MetadataJson.Required(document.RootElement, "vmId"), MetadataJson.Required(document.RootElement, "name"));
    }
}
