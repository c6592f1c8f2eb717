using System.Text;

namespace Serverless.Jobs.Events;

/// <summary>
/// Finds the scalars in events, by the field numbers that TensorFlow publishes (event.proto, summary.proto). A tag's metadata need only come with its first value, so it
/// is remembered which tags are scalars.
/// </summary>
internal sealed class EventScalars
{
    private const int WallTime = 1, Step = 2, Summary = 5;
    private const int SummaryValue = 1;
    private const int Tag = 1, SimpleValue = 2, Tensor = 8, Metadata = 9;
    private const int PluginData = 1, PluginName = 1, DataClass = 4;
    private const ulong ScalarClass = 1;

    private readonly HashSet<string> tags = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private char[] letters = new char[256];

    public EventScalars() => lookup = tags.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TooManyTags { get; private set; }

    /// <summary>Reads one event.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Read(ReadOnlySpan<byte> data, Action<ScalarEvent> found)
    {
        var (wall, step, summaries) = (0.0, 0L, 0);
        var fields = new MessageReader(data);
        while (fields.Next())
        {
            if (fields is { Field: WallTime, Kind: 1 })
                wall = fields.AsDouble;
            else if (fields is { Field: Step, Kind: 0 })
                step = (long)fields.Bits;
            else if (fields is { Field: Summary, Kind: 2 })
                summaries++;
        }

        if (fields.Broken)
            return false;
        if (summaries == 0)
            return true;
        // The step may stand after the summary: fields have no order.
        var again = new MessageReader(data);
        while (again.Next())
            if (again is { Field: Summary, Kind: 2 } && !ReadSummary(again.Bytes, step, wall, found))
                return false;
        return true;
    }

    private bool ReadSummary(ReadOnlySpan<byte> summary, long step, double wall, Action<ScalarEvent> found)
    {
        var values = new MessageReader(summary);
        while (values.Next())
            if (values is { Field: SummaryValue, Kind: 2 } && !ReadValue(values.Bytes, step, wall, found))
                return false;
        return !values.Broken;
    }

    private bool ReadValue(ReadOnlySpan<byte> bytes, long step, double wall, Action<ScalarEvent> found)
    {
        ReadOnlySpan<byte> tag = default, tensor = default, metadata = default;
        double? simple = null;
        var value = new MessageReader(bytes);
        while (value.Next())
        {
            switch (value.Field, value.Kind)
            {
                case (Tag, 2): tag = value.Bytes; break;
                case (SimpleValue, 5): simple = ScalarTensor.Decimal(value.AsFloat); break;
                case (Tensor, 2): tensor = value.Bytes; break;
                case (Metadata, 2): metadata = value.Bytes; break;
            }
        }

        if (value.Broken)
            return false;
        if ((simple is null && tensor.IsEmpty) || Find(tag, simple is not null || (!metadata.IsEmpty && SaysScalar(metadata))) is not { } name)
            return true;
        if ((simple ?? ScalarTensor.Read(tensor)) is { } number)
            found(new ScalarEvent(name, number, step, wall));
        return true;
    }

    /// <summary>A scalar's tag; null when the tag is none, or one too many.</summary>
    private string? Find(ReadOnlySpan<byte> tag, bool scalar)
    {
        if (tag.IsEmpty || tag.Length > EventWriter.MaxTagLength * 4)
            return null;
        if (letters.Length < tag.Length)
            letters = new char[tag.Length];
        ReadOnlySpan<char> text = letters.AsSpan(0, Encoding.UTF8.GetChars(tag, letters));
        if (lookup.TryGetValue(text, out var known))
            return known;
        if (!scalar)
            return null;
        if (tags.Count == ScalarReader.MaxTags)
        {
            TooManyTags = true;
            return null;
        }

        var name = text.ToString();
        tags.Add(name);
        return name;
    }

    private static bool SaysScalar(ReadOnlySpan<byte> metadata)
    {
        var fields = new MessageReader(metadata);
        while (fields.Next())
        {
            if (fields is { Field: DataClass, Kind: 0, Bits: ScalarClass })
                return true;
            if (fields is not { Field: PluginData, Kind: 2 })
                continue;
            var plugin = new MessageReader(fields.Bytes);
            while (plugin.Next())
                if (plugin is { Field: PluginName, Kind: 2 } && plugin.Bytes.SequenceEqual("scalars"u8))
                    return true;
        }

        return false;
    }
}
