using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>
/// Changes of a scale set's JSON, one a line: <c>place=value</c>, where a place is members and numbers of items between slashes, the first of which may be short for a longer way, and no value takes the member away.
/// </summary>
internal static class JsonEdits
{
    private static readonly Dictionary<string, string> Short = new()
    {
        ["set"] = "properties",
        ["vm"] = "properties/virtualMachineProfile",
        ["storage"] = "properties/virtualMachineProfile/storageProfile",
        ["disk"] = "properties/virtualMachineProfile/storageProfile/osDisk",
        ["login"] = "properties/virtualMachineProfile/osProfile",
        ["nics"] = "properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations",
        ["nic"] = "properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/properties",
        ["ip"] = "properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/properties/ipConfigurations/0/properties",
    };

    public static JsonNode Apply(string json, params IEnumerable<string> edits)
    {
        var root = JsonNode.Parse(json)!;
        foreach (var edit in edits)
        {
            var cut = edit.IndexOf('=', StringComparison.Ordinal);
            Apply(root, Way(edit[..cut]), edit[(cut + 1)..]);
        }

        return root;
    }

    private static string[] Way(string place)
    {
        var first = place.Split('/')[0];
        return (Short.TryGetValue(first, out var way) ? way + place[first.Length..] : place).Split('/');
    }

    private static void Apply(JsonNode root, string[] way, string value)
    {
        var at = root;
        foreach (var step in way[..^1])
            at = at is JsonArray items ? items[int.Parse(step, null)]! : at[step] ??= new JsonObject();
        var (last, node) = (way[^1], value.Length == 0 ? null : JsonNode.Parse(value));
        if (at is JsonArray list)
            list.Insert(int.Parse(last, null), node);
        else if (node is null)
            at.AsObject().Remove(last);
        else
            at[last] = node;
    }
}
