using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Experiments;

/// <summary>What a run of an experiment is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RunKind>))]
public enum RunKind
{
    /// <summary>A study; its parameters and metrics are those of its best trial.</summary>
    Study,

    /// <summary>A job that is no trial.</summary>
    Job,

    /// <summary>The job of a study's trial.</summary>
    Trial,
}
