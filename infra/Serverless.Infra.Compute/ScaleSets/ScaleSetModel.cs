using System.Text;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Models;
using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>A pool's template as Azure's model, and the names and tags by which we know our own.</summary>
internal static class ScaleSetModel
{
    /// <summary>The tag that says whose a set is.</summary>
    public const string OwnerTag = "serverless-owner";

    /// <summary>The tag that says which pool's a set is.</summary>
    public const string PoolTag = "serverless-pool";

    private const int MaxNameLength = 64;
    private const int MaxPrefixLength = 15;
    private const int MaxDiskGB = 1023;
    private const int MaxCustomDataLength = 65_536;

    /// <summary>Names that Azure refuses, from the specification's description of the member.</summary>
    private static readonly HashSet<string> RefusedUsers = new(StringComparer.OrdinalIgnoreCase)
    {
        "1", "123", "a", "actuser", "adm", "admin", "admin1", "admin2", "administrator", "aspnet", "backup", "console", "david", "guest", "john", "owner", "root", "server", "sql",
        "support", "support_388945a0", "sys", "test", "test1", "test2", "test3", "user", "user1", "user2", "user3", "user4", "user5",
    };

    /// <summary>A pool's set has one name for ever: to create it twice is to create it once.</summary>
    public static string Name(string owner, string pool) => $"sl-{owner}-{pool}";

    /// <summary>All errors of a template.</summary>
    public static IReadOnlyList<FieldError> Check(string owner, ScaleSetTemplate template)
    {
        List<FieldError> errors = [.. NameRules.Check(owner, "owner", "owner"), .. NameRules.Check(template.Pool.Name, "pool.name", "pool")];
        if (errors.Count == 0 && Name(owner, template.Pool.Name) is { Length: > MaxNameLength } name)
            errors.Add(new FieldError("pool.name", $"The scale set's name {Shown.Quote(name)} has {name.Length} characters; the limit is {MaxNameLength}.", "Shorten the pool's or the owner's name."));
        if (template.Pool.MaxNodes is < 1 or > 1000)
            errors.Add(new FieldError("pool.maxNodes", $"The pool may have {template.Pool.MaxNodes} machines; a set has 1 to 1000.", "Give 1 to 1000."));
        if (template.OSDiskGB is < 30 or > MaxDiskGB)
            errors.Add(new FieldError("osDiskGB", $"The disk has {template.OSDiskGB} GB; the limits are 30 and {MaxDiskGB}.", $"Give 30 to {MaxDiskGB}."));
        if (template.AdminUser.Length is < 1 or > 64 || RefusedUsers.Contains(template.AdminUser))
            errors.Add(new FieldError("adminUser", $"Azure refuses the administrator's name {Shown.Quote(template.AdminUser)}.", "Give another of 1 to 64 characters, such as 'serverless'."));
        if (Encode(template.CloudInit).Length > MaxCustomDataLength)
            errors.Add(new FieldError("cloudInit", $"cloud-init's text has {Encode(template.CloudInit).Length} characters in base 64; the limit is {MaxCustomDataLength}.", "Shorten it, and let it fetch the rest."));
        if (!template.Image.StartsWith('/') && template.Image.Split(':').Length != 4)
            errors.Add(new FieldError("image", $"{Shown.Quote(template.Image)} names no image.", "Give a resource id, or publisher:offer:sku:version."));
        return errors;
    }

    /// <summary>The whole set.</summary>
    public static VirtualMachineScaleSetData Of(string owner, ScaleSetTemplate template, int capacity)
    {
        var data = new VirtualMachineScaleSetData(new AzureLocation(template.Region))
        {
            Sku = new ComputeSku { Name = template.Size, Tier = "Standard", Capacity = capacity },
            Identity = new ManagedServiceIdentity(ManagedServiceIdentityType.UserAssigned) { UserAssignedIdentities = { [new ResourceIdentifier(template.IdentityId)] = new UserAssignedIdentity() } },
            OrchestrationMode = OrchestrationMode.Uniform,
            UpgradePolicy = new VirtualMachineScaleSetUpgradePolicy { Mode = VirtualMachineScaleSetUpgradeMode.Manual },
            Overprovision = false, // else machines come that nobody asked for
            SinglePlacementGroup = false,
            VirtualMachineProfile = Machine(template),
        };
        data.Tags[OwnerTag] = owner;
        data.Tags[PoolTag] = template.Pool.Name;
        return data;
    }

    private static VirtualMachineScaleSetVmProfile Machine(ScaleSetTemplate template) => new()
    {
        Priority = template.Spot ? VirtualMachinePriorityType.Spot : VirtualMachinePriorityType.Regular,
        EvictionPolicy = template.Spot ? VirtualMachineEvictionPolicyType.Delete : (VirtualMachineEvictionPolicyType?)null,
        BillingMaxPrice = template.Spot ? template.MaxSpotPrice ?? -1 : null,
        OSProfile = Login(template),
        StorageProfile = new VirtualMachineScaleSetStorageProfile
        {
            ImageReference = Image(template.Image),
            OSDisk = new VirtualMachineScaleSetOSDisk(DiskCreateOptionType.FromImage)
            {
                Caching = CachingType.ReadOnly,
                DiskSizeGB = template.OSDiskGB,
                ManagedDisk = new VirtualMachineScaleSetManagedDisk { StorageAccountType = StorageAccountType.StandardSsdLrs },
            },
        },
        NetworkProfile = new VirtualMachineScaleSetNetworkProfile
        {
            NetworkInterfaceConfigurations =
            {
                new VirtualMachineScaleSetNetworkConfiguration("nic")
                {
                    Primary = true,
                    IPConfigurations = { new VirtualMachineScaleSetIPConfiguration("ip") { Primary = true, SubnetId = new ResourceIdentifier(template.SubnetId) } },
                },
            },
        },
    };

    private static VirtualMachineScaleSetOSProfile Login(ScaleSetTemplate template)
    {
        var prefix = template.Pool.Name.Replace('_', '-').Replace('.', '-');
        return new VirtualMachineScaleSetOSProfile
        {
            ComputerNamePrefix = prefix[..Math.Min(prefix.Length, MaxPrefixLength)],
            AdminUsername = template.AdminUser,
            CustomData = Encode(template.CloudInit),
            LinuxConfiguration = new LinuxConfiguration
            {
                IsPasswordAuthenticationDisabled = true,
                SshPublicKeys = { new SshPublicKeyConfiguration { Path = $"/home/{template.AdminUser}/.ssh/authorized_keys", KeyData = template.SshPublicKey } },
            },
        };
    }

    private static ImageReference Image(string image)
    {
        if (image.StartsWith('/'))
            return new ImageReference { Id = new ResourceIdentifier(image) };
        var parts = image.Split(':');
        return new ImageReference { Publisher = parts[0], Offer = parts[1], Sku = parts[2], Version = parts[3] };
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
