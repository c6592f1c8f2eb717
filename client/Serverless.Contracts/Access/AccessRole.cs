using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Access;

/// <summary>
/// What somebody may do: a set of scopes. From reader to admin each holds the one before; a predictor stands beside them. The names are also the values of the
/// app roles that an organisation's accounts are given.
/// </summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Looks at everything, changes nothing (<c>read</c>).</summary>
    Reader,

    /// <summary>Also brings data and jobs, and stops jobs (<c>submit</c>).</summary>
    Submitter,

    /// <summary>Also changes endpoints and triggers, and asks endpoints (<c>deploy</c>, <c>predict</c>).</summary>
    Deployer,

    /// <summary>Asks endpoints and nothing else (<c>predict</c>): what an application gets.</summary>
    Predictor,

    /// <summary>Everything, keys included (<c>manage</c>).</summary>
    Admin,
}
