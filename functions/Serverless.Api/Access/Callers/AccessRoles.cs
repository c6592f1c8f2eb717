using Serverless.Contracts.Access;

namespace Serverless.Api.Access.Callers;

/// <summary>The roles and what they hold.</summary>
public static class AccessRoles
{
    /// <summary>The names, for messages.</summary>
    public const string Names = "reader, submitter, deployer, predictor or admin";

    /// <summary>The scopes of a role.</summary>
    public static AccessScopes Scopes(AccessRole role) => role switch
    {
        AccessRole.Reader => AccessScopes.Reader,
        AccessRole.Submitter => AccessScopes.Submitter,
        AccessRole.Deployer => AccessScopes.Deployer,
        AccessRole.Predictor => AccessScopes.Predictor,
        AccessRole.Admin => AccessScopes.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>The scopes of a role by its name, exactly as it is written; null when there is no such role.</summary>
    public static AccessScopes? Find(string name) => name switch
    {
        "reader" => AccessScopes.Reader,
        "submitter" => AccessScopes.Submitter,
        "deployer" => AccessScopes.Deployer,
        "predictor" => AccessScopes.Predictor,
        "admin" => AccessScopes.Admin,
        _ => null,
    };

    /// <summary>All scopes of several roles together; names that are no roles of ours give none.</summary>
    public static AccessScopes Union(IEnumerable<string> names) => names.Aggregate(AccessScopes.None, (all, name) => all | (Find(name) ?? AccessScopes.None));
}
