namespace Serverless.Api.Access.Callers;

/// <summary>What a caller may do. See <c>docs/security.md</c> for the table.</summary>
[Flags]
public enum AccessScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Looks at everything, changes nothing.</summary>
    Read = 1,

    /// <summary>Brings data and jobs, stops jobs.</summary>
    Submit = 2,

    /// <summary>Changes endpoints and triggers.</summary>
    Deploy = 4,

    /// <summary>Asks endpoints.</summary>
    Predict = 8,

    /// <summary>Makes and revokes keys, sets budgets.</summary>
    Manage = 16,

    /// <summary>The role <c>reader</c>.</summary>
    Reader = Read,

    /// <summary>The role <c>submitter</c>.</summary>
    Submitter = Read | Submit,

    /// <summary>The role <c>deployer</c>: whoever chooses what answers may also try it.</summary>
    Deployer = Read | Submit | Deploy | Predict,

    /// <summary>The role <c>predictor</c>: what an application gets that only asks endpoints.</summary>
    Predictor = Predict,

    /// <summary>The role <c>admin</c>: everything.</summary>
    Admin = Read | Submit | Deploy | Predict | Manage,
}
