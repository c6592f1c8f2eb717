using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Models;

/// <summary>Where a model version stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModelStage>))]
public enum ModelStage
{
    /// <summary>Registered; the gate has not spoken.</summary>
    Candidate,

    /// <summary>Passed its gate; may be deployed.</summary>
    Approved,

    /// <summary>Did not pass its gate.</summary>
    Rejected,
}
