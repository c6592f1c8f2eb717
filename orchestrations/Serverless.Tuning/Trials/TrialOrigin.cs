using System.Text.Json.Serialization;

namespace Serverless.Tuning.Trials;

/// <summary>Where a trial's point comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrialOrigin>))]
public enum TrialOrigin
{
    /// <summary>A sampler proposed it.</summary>
    Sampled,

    /// <summary>Someone asked for it.</summary>
    Chosen,

    /// <summary>It was run by an earlier study.</summary>
    Imported,
}
