using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Serverless.Onnx.Recording;

/// <summary>Collects what is wrong while a recording is read, and gets typed members out of JSON.</summary>
internal sealed class RecordingErrors(RecordingLimits limits)
{
    private readonly List<RecordingError> errors = [];

    public IReadOnlyList<RecordingError> All => errors;

    public RecordingLimits Limits => limits;

    public void Add(string place, string what, string cure = "Record the network again.")
    {
        if (errors.Count < limits.MaxErrors)
            errors.Add(new(place, what, cure));
    }

    /// <summary>A list among the members; empty, and told, when it is none or too long.</summary>
    public IReadOnlyList<JsonElement> List(JsonElement parent, string name, string place, int most, bool optional = false)
    {
        if (!Member(parent, name, out var list))
        {
            if (!optional)
                Add(place, $"it has no '{name}'");
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
            Add($"{place}.{name}", $"it is {list.ValueKind}, not a list");
        else if (list.GetArrayLength() > most)
            Add($"{place}.{name}", $"it has {list.GetArrayLength()} entries; the limit is {most}", "Record a smaller network, or raise the limit.");
        else
            return [.. list.EnumerateArray()];
        return [];
    }

    /// <summary>A text among the members; null, and told when it must be there, when it is none or too long.</summary>
    public string? Text(JsonElement parent, string name, string place, bool optional = false)
    {
        if (!Member(parent, name, out var text) && optional)
            return null;
        if (text.ValueKind != JsonValueKind.String)
            Add($"{place}.{name}", text.ValueKind == JsonValueKind.Undefined ? "it is missing" : $"it is {text.ValueKind}, not a text");
        else if (Decode(text) is not { } decoded)
            Add($"{place}.{name}", "it is no valid Unicode text");
        else if (decoded.Length > limits.MaxTextLength)
            Add($"{place}.{name}", $"it has {decoded.Length} characters; the limit is {limits.MaxTextLength}", "Use shorter names.");
        else
            return decoded;
        return null;
    }

    /// <summary>A whole number; null, and told, when it is none.</summary>
    public long? Whole(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var found))
            return found;
        Add(place, $"it is {Show(value)}, not a whole number of 64 bits");
        return null;
    }

    public long? Whole(JsonElement parent, string name, string place)
    {
        Member(parent, name, out var value);
        return Whole(value, $"{place}.{name}");
    }

    /// <summary>A member; false when the parent is no object or lacks it.</summary>
    public static bool Member(JsonElement parent, string name, [NotNullWhen(true)] out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out value);
    }

    public static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Number => value.GetRawText() is { Length: > 40 } raw ? raw[..40] + "…" : value.GetRawText(),
        _ => value.ValueKind.ToString(),
    };

    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // an escape that stands for half a character
        }
    }
}
