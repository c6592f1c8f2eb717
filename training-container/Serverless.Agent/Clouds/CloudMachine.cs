namespace Serverless.Agent.Clouds;

/// <summary>Tells a cloud's machine by what its firmware says, without asking anybody over the network.</summary>
internal static class CloudMachine
{
    /// <summary>Azure.</summary>
    public const string Azure = "Azure";

    /// <summary>Where every Azure machine has its own metadata service.</summary>
    public const string AzureMetadata = "http://169.254.169.254";

    private const string Folder = "/sys/class/dmi/id";

    /// <summary>The chassis asset tag of every Azure machine; cloud-init knows it by the same.</summary>
    private const string AzureTag = "7783-7084-3265-9085-8269-3286-77";

    /// <summary>The cloud of this machine; null: none that we know.</summary>
    public static string? Detect() => Of(Read("chassis_asset_tag"), Read("sys_vendor"), Read("product_name"));

    /// <summary>The cloud by the firmware's words.</summary>
    public static string? Of(string assetTag, string vendor, string product) =>
        assetTag == AzureTag ? Azure
        : vendor == "Amazon EC2" ? "Amazon EC2"
        : product == "Google Compute Engine" ? "Google Compute Engine"
        : null;

    private static string Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Folder, name)).Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
