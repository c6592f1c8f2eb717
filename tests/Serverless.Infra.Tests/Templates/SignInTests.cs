using Serverless.Contracts.Access;
using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates;

public sealed class SignInTests
{
    /// <summary>A person's role comes in the token as the value of an app role; one that is not here cannot be given.</summary>
    [Fact]
    public void Registration_AppRoles_AreTheRolesOfTheApi()
    {
        var registration = TemplateFolder.Read().Files["infra/modules/sign-in.bicep"].Resources.Single(resource => resource.Type == "Microsoft.Graph/applications");
        var roles = ((BicepArray)registration.Body["appRoles"]!).Items.Cast<BicepObject>().ToList();
        var people = Enum.GetValues<AccessRole>().Select(role => role.ToString().ToLowerInvariant());
        Assert.Equal([.. people.Order(StringComparer.Ordinal), "node"], roles.Select(role => role["value"]!.Literal!).OrderBy(value => value == "node").ThenBy(value => value, StringComparer.Ordinal));
        Assert.Equal(roles.Count, roles.Select(role => Shown(role["id"]!)).Distinct().Count());
        Assert.All(roles, role => Assert.Equal("true", (role["isEnabled"] as BicepConstant)?.Value));
        Assert.Equal(["Application"], ((BicepArray)roles.Single(role => role["value"]!.Literal == "node")["allowedMemberTypes"]!).Items.Select(item => item.Literal));
    }

    private static string Shown(BicepExpression id) => id is BicepCall { Name: "guid" } call ? call.Arguments[^1].Literal! : ((BicepName)id).Value;
}
