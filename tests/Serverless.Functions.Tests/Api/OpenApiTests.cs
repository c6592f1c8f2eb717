using System.Text.Json;
using Serverless.Api;
using Serverless.Api.OpenApi;
using Serverless.Api.Routing;
using Serverless.Contracts;

namespace Serverless.Functions.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Description_HasEveryRouteWithParametersBodyAnswersAndSecurity()
    {
        await using var host = await ApiHost.StartAsync();
        using var nobody = host.WithKey(null);
        using var document = JsonDocument.Parse(await nobody.GetStringAsync(Routes.OpenApi, TestContext.Current.CancellationToken));
        var paths = document.RootElement.GetProperty("paths");
        foreach (var route in ApiRoutes.All.Rows)
        {
            var operation = paths.GetProperty(route.Template.Replace("{**", "{")).GetProperty(route.Method.ToLowerInvariant());
            Assert.Equal(route.Name, operation.GetProperty("operationId").GetString());
            var parameters = operation.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToList();
            Assert.Equal(new RouteTemplate(route.Template).Names.Concat(route.Parameters.Select(parameter => parameter.Name)), parameters);
            Assert.Equal(route.Body is not null, operation.TryGetProperty("requestBody", out _));
            Assert.Equal(route.Access is RouteAccess.Anonymous or RouteAccess.Signature, operation.GetProperty("security").GetArrayLength() == 0);
            foreach (var reply in route.Replies)
                Assert.True(operation.GetProperty("responses").TryGetProperty($"{reply.Status}", out _), route.Name);
        }

        Assert.Equal(ApiRoutes.All.Rows.Select(route => route.Template).Distinct().Count(), paths.EnumerateObject().Count());
    }

    [Fact]
    public void Description_HasTheSchemaOfEveryType_AndNoReferenceLeadsNowhere()
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Write(ApiRoutes.All));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var types = ApiRoutes.All.Rows.SelectMany(route => route.Replies.Select(reply => reply.Schema).Append(route.Body?.Schema)).OfType<Type>().Distinct().ToList();
        Assert.All(types, type => Assert.True(schemas.TryGetProperty(OpenApiSchemas.Name(type), out _), type.Name));
        Assert.All(References(document.RootElement), reference => Assert.True(Leads(document.RootElement, reference), reference));
    }

    [Fact]
    public void Description_Names_AreUnique() =>
        Assert.Equal(ApiRoutes.All.Rows.Count, ApiRoutes.All.Rows.Select(route => route.Name).Distinct().Count());

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Leads(JsonElement root, string reference)
    {
        foreach (var segment in reference[2..].Split('/'))
        {
            var name = segment.Replace("~1", "/").Replace("~0", "~");
            if (root.ValueKind == JsonValueKind.Array ? int.Parse(name) >= root.GetArrayLength() : !root.TryGetProperty(name, out _))
                return false;
            root = root.ValueKind == JsonValueKind.Array ? root[int.Parse(name)] : root.GetProperty(name);
        }

        return true;
    }
}
