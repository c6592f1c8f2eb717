using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies.Findings;

/// <summary>How it is found out which parameters matter.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ImportanceMethod>))]
public enum ImportanceMethod
{
    /// <summary>The part of the objective's variance over the whole space that a parameter explains by itself (Hutter, Hoos, Leyton-Brown 2014).</summary>
    Fanova,

    /// <summary>How differently a parameter lies in the best tenth of the trials and in all of them (Watanabe, Bansal, Hutter 2023).</summary>
    PedAnova,
}
