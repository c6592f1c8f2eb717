using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Agents;

/// <summary>How far an attempt is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AttemptPhase>))]
public enum AttemptPhase
{
    /// <summary>Code and data are brought.</summary>
    Staging,

    /// <summary>The program runs.</summary>
    Running,

    /// <summary>The program has ended and all that it wrote is uploaded.</summary>
    Exited,
}
