using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>How the fake shows what it has.</summary>
internal sealed partial class FakeArmServer
{
    /// <summary>Two sizes on two pages, as the example of the specification shows them.</summary>
    private JsonObject Sizes(string filter)
    {
        if (filter != "location eq 'eastus'")
            return new JsonObject { ["value"] = new JsonArray() };
        var restrictions = Restriction is null ? [] : new JsonArray(new JsonObject
        {
            ["type"] = RestrictionType,
            ["values"] = new JsonArray("eastus"),
            ["restrictionInfo"] = new JsonObject { ["locations"] = new JsonArray("eastus") },
            ["reasonCode"] = Restriction,
        });
        var other = new JsonObject { ["resourceType"] = "disks", ["name"] = "Standard_NC4as_T4_v3", ["locations"] = new JsonArray("eastus") };
        var size = new JsonObject
        {
            ["resourceType"] = "virtualMachines",
            ["name"] = "Standard_NC4as_T4_v3",
            ["tier"] = "Standard",
            ["size"] = "NC4as_T4_v3",
            ["family"] = Family,
            ["locations"] = new JsonArray("eastus"),
            ["locationInfo"] = new JsonArray(new JsonObject { ["location"] = "eastus", ["zones"] = new JsonArray("1", "2") }),
            ["capabilities"] = new JsonArray(new JsonObject { ["name"] = "vCPUs", ["value"] = "4" }),
            ["restrictions"] = restrictions,
        };
        return new JsonObject { ["value"] = OffersSize ? new JsonArray(other, size) : new JsonArray(other) };
    }

    private JsonObject QuotaUses()
    {
        var used = Live().Sum(set => set.Machines.Count) * 4;
        JsonObject Use(string name, long limit) => new()
        {
            ["unit"] = "Count",
            ["currentValue"] = used,
            ["limit"] = limit,
            ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = name },
        };
        return new JsonObject { ["value"] = new JsonArray(Use(Family, Quota), Use("cores", 10_000), Use("lowPriorityCores", SpotQuota)) };
    }

    private JsonObject Show(FakeSet set)
    {
        var shown = set.Body.DeepClone().AsObject();
        shown["id"] = $"{Sets}/{set.Name}";
        shown["name"] = set.Name;
        shown["type"] = "Microsoft.Compute/virtualMachineScaleSets";
        shown["sku"]!["capacity"] = set.Capacity;
        shown["properties"] ??= new JsonObject();
        shown["properties"]!["provisioningState"] = set.GoneAt is not null ? "Deleting" : clock.GetUtcNow() < set.BusyUntil ? "Updating" : set.Failure is null ? "Succeeded" : "Failed";
        return shown;
    }

    private JsonObject Show(FakeSet set, FakeMachine machine) => new()
    {
        ["id"] = $"{Sets}/{set.Name}/virtualMachines/{machine.Id}",
        ["name"] = $"{set.Name}_{machine.Id}",
        ["type"] = "Microsoft.Compute/virtualMachines",
        ["location"] = "eastus",
        ["instanceId"] = machine.Id,
        ["properties"] = new JsonObject { ["vmId"] = machine.VmId, ["provisioningState"] = machine.State(clock.GetUtcNow()), ["timeCreated"] = machine.Created.ToString("O") },
    };

    private static (int Status, JsonNode? Body) Error(int status, string code, string message) =>
        (status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
