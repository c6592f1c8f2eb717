using Serverless.Api;
using Serverless.Api.Access.Callers;
using Serverless.Api.Routing;
using Serverless.Contracts.Access;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Access;

/// <summary>The roles, the routes and the table in the documentation say the same.</summary>
public sealed class RoleTests
{
    [Fact]
    public void Roles_FromReaderToAdmin_EachHoldTheOneBefore()
    {
        AccessRole[] ladder = [AccessRole.Reader, AccessRole.Submitter, AccessRole.Deployer, AccessRole.Admin];
        foreach (var (lower, higher) in ladder.Zip(ladder.Skip(1)))
        {
            Assert.True(AccessRoles.Scopes(higher).HasFlag(AccessRoles.Scopes(lower)), $"{higher} does not hold {lower}.");
            Assert.NotEqual(AccessRoles.Scopes(lower), AccessRoles.Scopes(higher));
        }

        Assert.Equal(AccessScopes.Predict, AccessRoles.Scopes(AccessRole.Predictor));
        Assert.All(Enum.GetValues<AccessRole>(), role => Assert.Equal(AccessRoles.Scopes(role), AccessRoles.Find(role.ToString().ToLowerInvariant())));
    }

    [Fact]
    public void Routes_ForPeople_AreEachOpenToSomeRoleAndToAdmins()
    {
        foreach (var route in ApiRoutes.All.Rows.Where(route => route.Access is not (RouteAccess.Anonymous or RouteAccess.Node or RouteAccess.Signature)))
            Assert.True(Enum.TryParse<AccessScopes>(route.Access.ToString(), out var scope) && AccessScopes.Admin.HasFlag(scope), route.Name);
    }

    [Fact]
    public void Routes_OfKeys_AreForAdminsAlone() =>
        Assert.All(ApiRoutes.All.Rows.Where(route => route.Template.StartsWith("/api/v1/keys", StringComparison.Ordinal)), route => Assert.Equal(RouteAccess.Manage, route.Access));

    [Fact]
    public void Document_TableOfRoles_IsThatOfTheCode()
    {
        var lines = File.ReadAllLines(Path.Combine(Needs.RepositoryRoot(), "docs", "security.md"));
        var scopes = Cells(lines.Single(line => line.StartsWith("| role |", StringComparison.Ordinal)))[1..6].Select(cell => Enum.Parse<AccessScopes>(cell.Trim('`'), ignoreCase: true)).ToList();
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            var cells = Cells(lines.Single(line => line.StartsWith($"| `{role.ToString().ToLowerInvariant()}` |", StringComparison.Ordinal)));
            foreach (var (scope, cell) in scopes.Zip(cells[1..6]))
                Assert.True((cell == "yes") == AccessRoles.Scopes(role).HasFlag(scope), $"{role} and {scope}");
        }
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
}
