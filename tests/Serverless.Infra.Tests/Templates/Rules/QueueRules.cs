using System.Globalization;
using Serverless.Core.Doorbells;
using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>The queues are those that the code names, with order where it asks for order, and give up when the doorbell does.</summary>
internal static class QueueRules
{
    private const string Messaging = "infra/modules/messaging.bicep";

    private static readonly (string Name, bool Ordered)[] Wanted = [(Queues.Uploads, false), (Queues.Landings, false), (Queues.JobEvents, true)];

    /// <summary>Resource Manager takes no slash in a name; Service Bus reads a tilde as one.</summary>
    private static readonly string PoolPrefix = Queues.Pool("").Replace('/', '~');

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

        var settings = folder.Files[Messaging].Resources.Where(resource => resource.Name == "queue").Select(resource => resource.Body["properties"] as BicepObject).Single();
        if ((settings?["maxDeliveryCount"] as BicepConstant)?.Value != RingOptions.MaxDeliveries.ToString(CultureInfo.InvariantCulture))
            yield return $"{Messaging}: maxDeliveryCount must be {RingOptions.MaxDeliveries}, as RingOptions.MaxDeliveries says.";
    }
}
