using Serverless.Contracts.Prices;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Core.Names;
using Serverless.Infra.Compute.CloudInit;
using Serverless.Infra.Compute.Offers;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Compute.Settings;

namespace Serverless.Local.Options;

/// <summary>Reads the pools of Azure's machines that a local host drives, from the variables that the Azure edition's apps have as settings.</summary>
internal static class AzurePools
{
    /// <summary>Most bytes of a price file.</summary>
    private const int MaxPriceBytes = PriceList.MaxBytes;

    /// <summary>Reads them.</summary>
    /// <param name="environment">A variable, or null.</param>
    /// <param name="pricePath">The price file; null: the one that is built in.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with everything that is wrong.</exception>
    public static ScaleSetPoolOptions Read(Func<string, string?> environment, string? pricePath)
    {
        string? Setting(string key) => environment(key.Replace(":", "__", StringComparison.Ordinal));
        List<FieldError> errors = [.. Reach(Setting)];
        var prices = Try(() => pricePath is null ? PriceFile.Embedded() : PriceFile.Parse(Bytes(pricePath)), errors) ?? [];
        var script = Try(() => NodeScript.From(Setting), errors);
        var options = Try(() => ScaleSetSettings.Read(Setting, prices, script ?? (_ => "")), errors);
        return errors.Count == 0 ? options! : throw Fail.Invalid([.. errors.DistinctBy(error => (error.Path, error.Message))]);
    }

    /// <summary>A machine that cannot reach this host, or cannot prove that it is ours, would cost money and do nothing.</summary>
    private static IEnumerable<FieldError> Reach(Func<string, string?> setting)
    {
        var url = setting(AzureSettings.ApiUrl);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.IsLoopback)
            yield return new FieldError(AzureSettings.ApiUrl, $"Machines in Azure cannot reach this host at {Shown.Quote(url ?? "")}.",
                "Give the https address at which they do: of a proxy or tunnel before this host, whose name '--host-names' has.");
        foreach (var name in new[] { AzureSettings.Tenant, AzureSettings.Audience, AzureSettings.NodePrincipal })
        {
            if (string.IsNullOrWhiteSpace(setting(name)))
                yield return new FieldError(name, $"The variable '{name}' is missing: without it no machine in Azure can prove that it is ours.", "Set it, as infra/main.bicep sets it on the apps.");
        }
    }

    private static byte[] Bytes(string path) => new FileInfo(path) is { Exists: true, Length: <= MaxPriceBytes }
        ? File.ReadAllBytes(path)
        : throw Fail.Invalid("prices", $"{Shown.Quote(path)} is no file, or has more than {MaxPriceBytes} bytes.", "Name a price file, as 'serverless offers refresh' writes it.");

    private static T? Try<T>(Func<T> read, List<FieldError> errors)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ServerlessException failed)
        {
            errors.AddRange(failed.Errors);
            return null;
        }
    }
}
