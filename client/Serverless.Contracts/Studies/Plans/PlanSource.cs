using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies.Plans;

/// <summary>How the time of a trial is known.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PlanSource>))]
public enum PlanSource
{
    /// <summary>It is not: the plan holds for a time that it names.</summary>
    Unknown,

    /// <summary>It was said with the request.</summary>
    Said,

    /// <summary>By earlier trials and jobs of the same program with the same arguments.</summary>
    Earlier,

    /// <summary>By jobs of the same program with other arguments, other data or on other machines.</summary>
    Similar,
}
