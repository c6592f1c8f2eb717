using System.Text.Json;
using Serverless.Contracts.Prices;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Core.Names;
using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Infra.Compute.Settings;

/// <summary>Reads the pools of scale sets from an app's settings (<see cref="AzureSettings"/>) and tells all that is wrong with them at once.</summary>
public static class ScaleSetSettings
{
    private const int MaxPools = 100;
    private const int MaxNodes = 10;
    private const double IdleSeconds = 60;
    private const double BootSeconds = 600;

    /// <summary>Each renewal wakes the control app for a second that is billed; a stop takes as long as the next renewal.</summary>
    private const double RenewSeconds = 10;
    private const int RenewalsInALease = 6;

    /// <summary>Each batch is a call of the control app and a write to Blob storage, both billed; a person who watches a log does not mind a second.</summary>
    private const double BatchSeconds = 1;

    /// <summary>Reads them.</summary>
    /// <param name="read">Reads a setting by <see cref="AzureSetting.Key"/>.</param>
    /// <param name="prices">What sizes cost.</param>
    /// <param name="cloudInit">Writes the text with which a machine starts.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with every error.</exception>
    public static ScaleSetPoolOptions Read(Func<string, string?> read, IReadOnlyList<PricedSize> prices, Func<NodeSetup, string> cloudInit)
    {
        List<FieldError> errors = [];
        var environment = new ScaleSetTemplate
        {
            Pool = new PoolOptions(),
            Size = "",
            Region = Required(read, AzureSettings.Region, errors),
            Image = Required(read, AzureSettings.NodeImage, errors),
            SubnetId = Required(read, AzureSettings.NodeSubnet, errors),
            IdentityId = Required(read, AzureSettings.NodeIdentity, errors),
            SshPublicKey = Required(read, AzureSettings.NodeSshKey, errors),
            CloudInit = "",
        };
        var (subscription, group, owner) = (Required(read, AzureSettings.Subscription, errors), Required(read, AzureSettings.ResourceGroup, errors), Required(read, AzureSettings.Environment, errors));
        List<ScaleSetTemplate> templates = [];
        var pools = Parse(Required(read, AzureSettings.Pools, errors), errors);
        for (var i = 0; i < pools.Count; i++)
            templates.AddRange(Templates(pools[i], $"{AzureSettings.Pools}[{i}]", environment, owner, prices, cloudInit, errors));
        errors.AddRange(templates.GroupBy(template => template.Pool.Name).Where(group => group.Count() > 1)
            .Select(group => new FieldError(AzureSettings.Pools, $"The pool {Shown.Quote(group.Key)} is there {group.Count()} times.", "Give each pool a name of its own.")));
        errors.AddRange(templates.Select(template => template.Pool.Family).OfType<string>().Distinct().Where(family => templates.Any(template => template.Pool.Name == family))
            .Select(family => new FieldError(AzureSettings.Pools, $"{Shown.Quote(family)} is the name of a pool and of a family.", "Give one of them another name: a job that asks for it would get the pool alone.")));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
        return new ScaleSetPoolOptions { SubscriptionId = subscription, ResourceGroup = group, Owner = owner, Templates = templates, Prices = prices };
    }

    private static List<PoolSetting> Parse(string json, List<FieldError> errors)
    {
        if (json.Length == 0)
            return [];
        try
        {
            var pools = JsonSerializer.Deserialize(json, PoolSettingJson.Default.ListPoolSetting) ?? [];
            if (pools.Count is > 0 and <= MaxPools && pools.All(pool => pool is not null))
                return pools;
            errors.Add(new FieldError(AzureSettings.Pools, $"There are {pools.Count} pools, or one is null.", $"Give 1 to {MaxPools}."));
        }
        catch (JsonException failed)
        {
            errors.Add(new FieldError(AzureSettings.Pools, $"The pools cannot be read: {Shown.Quote(failed.Message, 300)}", "Write a JSON array of objects with name, size or sizes, spot, maxNodes, idleSeconds; see docs/mechanisms/scale-sets.md."));
        }

        return [];
    }

    private static IEnumerable<ScaleSetTemplate> Templates(
        PoolSetting pool, string path, ScaleSetTemplate environment, string owner, IReadOnlyList<PricedSize> prices, Func<NodeSetup, string> cloudInit, List<FieldError> errors)
    {
        var sizes = (pool.Size, pool.Sizes) switch
        {
            ({ Length: > 0 } size, null) => [size],
            (null, { Count: > 0 } several) => several,
            _ => [],
        };
        if (sizes.Count == 0)
            errors.Add(new FieldError($"{path}.size", "The pool says no size, or both 'size' and 'sizes'.", "Give one of them, such as \"size\": \"Standard_NC4as_T4_v3\"."));
        var renew = pool.RenewSeconds ?? RenewSeconds;
        if (renew is not (>= 1 and <= 60))
        {
            errors.Add(new FieldError($"{path}.renewSeconds", FormattableString.Invariant($"{renew} s are outside 1 to 60."), "Give 1 to 60."));
            renew = RenewSeconds;
        }

        var batch = pool.BatchSeconds ?? BatchSeconds;
        if (batch is not (>= 0.1 and <= 60))
        {
            errors.Add(new FieldError($"{path}.batchSeconds", FormattableString.Invariant($"{batch} s are outside 0.1 to 60."), "Give 0.1 to 60."));
            batch = BatchSeconds;
        }

        foreach (var size in sizes)
        {
            var name = sizes.Count == 1 ? pool.Name ?? "" : $"{pool.Name}-{Short(size)}";
            var template = environment with
            {
                Pool = new PoolOptions
                {
                    Name = name,
                    Family = sizes.Count == 1 ? null : pool.Name,
                    MaxNodes = pool.MaxNodes ?? MaxNodes,
                    Idle = Seconds(pool.IdleSeconds ?? IdleSeconds, $"{path}.idleSeconds", errors),
                    Boot = Seconds(pool.BootSeconds ?? BootSeconds, $"{path}.bootSeconds", errors),
                    Renew = TimeSpan.FromSeconds(renew),
                    Lease = TimeSpan.FromSeconds(renew * RenewalsInALease),
                    Batch = TimeSpan.FromSeconds(batch),
                },
                Size = size,
                Region = pool.Region ?? environment.Region,
                Image = pool.Image ?? environment.Image,
                Spot = pool.Spot,
                MaxSpotPrice = pool.MaxSpotPrice,
                OSDiskGB = pool.OSDiskGB ?? environment.OSDiskGB,
            };
            var price = prices.FirstOrDefault(one => one.Size == size && one.Region == template.Region);
            if (price?.Price(pool.Spot) is null)
                errors.Add(new FieldError($"{path}.size", $"The price file has no {(pool.Spot ? "spot " : "")}price of {Shown.Quote(size)} in {Shown.Quote(template.Region)}.", Nearest(prices, template.Region)));
            else
                template = template with { CloudInit = cloudInit(new NodeSetup(name, price.GpuCount > 0, pool.Spot)) };
            errors.AddRange(ScaleSetModel.Check(owner.Length == 0 ? "owner" : owner, template).Select(error => error with { Path = $"{path}.{error.Path}" }));
            yield return template;
        }
    }

    private static string Nearest(IReadOnlyList<PricedSize> prices, string region)
    {
        var there = prices.Where(size => size.Region == region).Select(size => size.Size).Order(StringComparer.Ordinal).ToList();
        return there.Count > 0
            ? $"Use one of: {string.Join(", ", there)}; or add it with 'serverless offers refresh'."
            : $"Add the region with 'serverless offers refresh --region {region}'; the file has {string.Join(", ", prices.Select(size => size.Region).Distinct().Order(StringComparer.Ordinal))}.";
    }

    private static TimeSpan Seconds(double seconds, string path, List<FieldError> errors)
    {
        if (seconds is >= 1 and <= 86_400)
            return TimeSpan.FromSeconds(seconds);
        errors.Add(new FieldError(path, FormattableString.Invariant($"{seconds} s are outside 1 to 86400."), "Give 1 to 86400."));
        return TimeSpan.FromSeconds(1);
    }

    private static string Short(string size) => (size.StartsWith("Standard_", StringComparison.OrdinalIgnoreCase) ? size["Standard_".Length..] : size).ToLowerInvariant().Replace('_', '-');

    private static string Required(Func<string, string?> read, string name, List<FieldError> errors)
    {
        var setting = AzureSettings.All.First(one => one.Name == name);
        if (read(setting.Key) is { } value && !string.IsNullOrWhiteSpace(value))
            return value;
        errors.Add(new FieldError(name, $"The setting '{name}' is missing: {setting.What}.", "Set it; infra/main.bicep sets all of them on the apps in Azure."));
        return "";
    }
}
