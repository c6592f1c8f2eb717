using System.Text.Json.Serialization;
using Serverless.Contracts.Values;

namespace Serverless.Contracts.Studies;

/// <summary>
/// Something that holds or does not, given other parameters. Either it speaks of one <see cref="Parameter"/>, or it is exactly one of <see cref="All"/>, <see cref="Any"/>, <see cref="Not"/>.
/// What is said of a parameter that is not there does not hold.
/// </summary>
public sealed record ConditionSpec
{
    /// <summary>The parameter that it speaks of.</summary>
    public string? Parameter { get; init; }

    /// <summary>It has this value.</summary>
    [JsonPropertyName("equals")]
    public ScalarValue? Is { get; init; }

    /// <summary>It has one of these.</summary>
    public IReadOnlyList<ScalarValue>? In { get; init; }

    /// <summary>It is at least this.</summary>
    public double? AtLeast { get; init; }

    /// <summary>It is at most this.</summary>
    public double? AtMost { get; init; }

    /// <summary>All of these hold.</summary>
    public IReadOnlyList<ConditionSpec>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    public IReadOnlyList<ConditionSpec>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    public ConditionSpec? Not { get; init; }
}
