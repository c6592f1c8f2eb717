using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies.Findings;

/// <summary>Why nothing is said of a parameter's importance.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UnrankedReason>))]
public enum UnrankedReason
{
    /// <summary>The space leaves it one value.</summary>
    Constant,

    /// <summary>It is there in fewer than ten complete trials.</summary>
    FewTrials,

    /// <summary>It has the same value in all complete trials.</summary>
    SameValue,

    /// <summary>All complete trials where it is there have the same value of the objective.</summary>
    EqualValues,
}
