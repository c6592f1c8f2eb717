using Serverless.Contracts.Prices;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Infra.Compute.Offers;

/// <summary>The price file as a host reads it; <see cref="PriceList"/> is its form.</summary>
public static class PriceFile
{
    /// <summary>The file that is part of this assembly.</summary>
    public static IReadOnlyList<PricedSize> Embedded()
    {
        using var file = typeof(PriceFile).Assembly.GetManifestResourceStream("azure-sizes.json")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Parse(bytes);
    }

    /// <summary>Reads a price file's content.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>, with the first thing that is wrong.</exception>
    public static IReadOnlyList<PricedSize> Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return PriceList.Parse(json);
        }
        catch (FormatException failed)
        {
            throw Fail.Invalid("prices", $"The price file cannot be used. {Shown.Quote(failed.Message, 300)}", "Correct it, or make one with 'serverless offers refresh'; prices are per hour.");
        }
    }
}
