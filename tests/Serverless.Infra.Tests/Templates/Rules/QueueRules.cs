using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Core.Doorbells;
using Serverless.Infra.Tests.Compute.Settings;
using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>The queues are those that the code names, with order where it asks for order, and give up when the doorbell does.</summary>
internal static class QueueRules
{
    private const string Messaging = "infra/modules/messaging.bicep";

    private static readonly (string Name, bool Ordered)[] Wanted = [(Queues.Uploads, false), (Queues.Landings, false), (Queues.JobEvents, true)];

    /// <summary>Resource Manager takes no slash in a name; Service Bus reads a tilde as one.</summary>
    private static readonly string PoolPrefix = Queues.Pool("").Replace('/', '~');

    /// <summary>Pools of one size, families of several, and a family of one, which is a pool.</summary>
    private const string Families = """
        [{"name":"cpu","size":"Standard_D4s_v5"},{"name":"gpu","sizes":["Standard_NC4as_T4_v3","Standard_NC24ads_A100_v4"]},
         {"name":"gpu-spot","sizes":["Standard_NC4as_T4_v3","Standard_NC8as_T4_v3"],"spot":true},{"name":"one","sizes":["Standard_D4s_v5"]}]
        """;

    /// <summary>The names of the queues that the templates make for some pools.</summary>
    public static IReadOnlyList<string> Made(TemplateFolder folder, string pools)
    {
        var main = folder.Files[TemplateFolder.Main];
        var known = new Dictionary<string, JsonNode?> { ["pools"] = JsonNode.Parse(pools) };
        known["poolNames"] = BicepValues.Of(main.Variables.Single(variable => variable.Name == "poolNames").Value, known);
        var queues = ((BicepObject)main.Modules.Single(module => module.Name == "messaging").Body["params"]!)["queues"]!;
        return [.. BicepValues.Of(queues, known)!.AsArray().Select(queue => (string)queue!["name"]!)];
    }

    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        var queues = folder.Files[TemplateFolder.Main].Modules.Where(module => module.Name == "messaging").SelectMany(module => module.Body.All).OfType<BicepObject>()
            .Where(entry => entry["ordered"] is not null).ToList();
        var made = queues.Select(entry => (Name: entry["name"]?.Literal, Ordered: (entry["ordered"] as BicepConstant)?.Value == "true")).ToHashSet();
        foreach (var (name, ordered) in Wanted.Where(wanted => !made.Contains((wanted.Name, wanted.Ordered))))
            yield return $"{TemplateFolder.Main}: there is no queue '{name}' {(ordered ? "with" : "without")} order.";
        if (!queues.Any(entry => entry["name"] is BicepText { Parts: [string prefix, BicepName] } && prefix == PoolPrefix))
            yield return $"{TemplateFolder.Main}: there are no queues '{PoolPrefix}NAME'.";
        foreach (var (name, _) in made.Where(queue => queue.Name is not null && Wanted.All(wanted => wanted.Name != queue.Name)))
            yield return $"{TemplateFolder.Main}: nobody asks for the queue '{name}'.";

        var pools = Made(folder, Families).Where(name => name.StartsWith(PoolPrefix, StringComparison.Ordinal)).ToHashSet();
        var rung = ScaleSetSettingsTests.Read(Families).Templates.Select(template => Queues.Pool(template.Pool.Name).Replace('/', '~')).ToHashSet();
        foreach (var name in rung.Except(pools))
            yield return $"{TemplateFolder.Main}: there is no queue '{name}', which the host rings for a size of a family.";
        foreach (var name in pools.Except(rung))
            yield return $"{TemplateFolder.Main}: nobody rings the queue '{name}'.";

        var settings = folder.Files[Messaging].Resources.Where(resource => resource.Name == "queue").Select(resource => resource.Body["properties"] as BicepObject).Single();
        if ((settings?["maxDeliveryCount"] as BicepConstant)?.Value != RingOptions.MaxDeliveries.ToString(CultureInfo.InvariantCulture))
            yield return $"{Messaging}: maxDeliveryCount must be {RingOptions.MaxDeliveries}, as RingOptions.MaxDeliveries says.";
    }
}
