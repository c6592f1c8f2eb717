using System.Text.Json;

namespace Serverless.Torch.Recording;

/// <summary>Reads from a recording which blob is which weight.</summary>
internal static class RecordedNames
{
    /// <summary>Blob → name of the parameter or buffer.</summary>
    public static IReadOnlyDictionary<int, string> WeightsByBlob(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("inputs").EnumerateArray().Where(input => input.TryGetProperty("blob", out _))
            .ToDictionary(input => input.GetProperty("blob").GetInt32(), input => input.GetProperty("name").GetString()!);
    }
}
