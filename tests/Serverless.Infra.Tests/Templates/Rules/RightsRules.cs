using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>Each role assignment is in the documentation's table, and each row of the table is an assignment.</summary>
internal static class RightsRules
{
    public const string Heading = "Who may do what";

    /// <summary>The built-in roles that the templates give. Source: Azure's list of built-in roles.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = "Storage Table Data Reader",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Azure Service Bus Data Sender",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Azure Service Bus Data Receiver",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["f1a07417-d97a-45cb-824c-7a7467783830"] = "Managed Identity Operator",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    public static IEnumerable<string> Check(TemplateFolder folder)
    {
        var assigned = folder.Made().Where(made => made.Resource.Type == "Microsoft.Authorization/roleAssignments").ToList();
        var rows = folder.Table(TemplateFolder.AzureDoc, Heading);
        foreach (var (file, assignment) in assigned)
        {
            var role = RoleOf(file, assignment);
            if (role is null)
                yield return $"{file.Path}({assignment.Line}): the role of '{assignment.Name}' is not known, or the comment beside it names another.";
            if (!rows.Any(row => row.Count > 3 && row[3] == $"`{assignment.Name}`" && row[1] == role))
                yield return $"{TemplateFolder.AzureDoc}: the table '{Heading}' lacks '{role}' for `{assignment.Name}` ({file.Path}).";
            if (assignment.Body["name"] is not BicepCall { Name: "guid" })
                yield return $"{file.Path}({assignment.Line}): the name of '{assignment.Name}' is no guid(…), so a second deployment would make a second one.";
        }

        foreach (var row in rows.Where(row => row.Count < 4 || assigned.All(made => row[3] != $"`{made.Resource.Name}`")))
            yield return $"{TemplateFolder.AzureDoc}: the table '{Heading}' has {row[^1]}, which no template assigns.";
    }

    /// <summary>The role's name, when the comment beside the id says the same.</summary>
    private static string? RoleOf(BicepFile file, BicepResource assignment)
    {
        if ((assignment.Body["properties"] as BicepObject)?["roleDefinitionId"] is not { } id)
            return null;
        var said = file.Comments.GetValueOrDefault(id.Line);
        var known = id is BicepCall { Name: "subscriptionResourceId" } call && call.Arguments[^1].Literal is { } guid ? Roles.GetValueOrDefault(guid) : said;
        return known == said ? known : null;
    }
}
