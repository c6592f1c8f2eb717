using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Api.Routing;
using Serverless.Contracts.Problems;

namespace Serverless.Api.OpenApi;

/// <summary>Writes the route table as an OpenAPI 3.1 document (<see href="https://spec.openapis.org/oas/v3.1.0"/>). Whatever is in the table is in the document.</summary>
internal static class OpenApiDocument
{
    private const string KeyScheme = "key";
    private const string NodeScheme = "nodeToken";

    /// <summary>The document in UTF-8.</summary>
    public static byte[] Write(RouteTable table)
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var path in table.Rows.GroupBy(route => route.Template))
        {
            var item = new JsonObject();
            foreach (var route in path)
                item[route.Method.ToLowerInvariant()] = Operation(route, schemas);
            paths[path.Key.Replace("{**", "{", StringComparison.Ordinal)] = item;
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Serverless",
                ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version?.ToString(3) ?? "0",
                ["description"] = "Data comes in, a model is trained, an endpoint answers. Every error is a problem document (RFC 9457) with a code and a cure.",
            },
            ["paths"] = paths,
        };
        schemas.Reference(typeof(Problem));
        document["components"] = new JsonObject { ["schemas"] = schemas.ToJson(), ["securitySchemes"] = SecuritySchemes() };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            document.WriteTo(writer);
        return buffer.ToArray();
    }

    private static JsonObject Operation(Route route, OpenApiSchemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Name,
            ["summary"] = route.Summary,
            ["tags"] = new JsonArray(Tag(route)),
            ["parameters"] = Parameters(route),
        };
        if (route.Body is { } body)
        {
            var content = new JsonObject();
            foreach (var mediaType in body.MediaTypes)
                content[mediaType] = mediaType == "application/json" && body.Schema is { } schema ? Media(schemas.Reference(schema)) : new JsonObject();
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = content };
        }

        operation["responses"] = Responses(route, schemas);
        operation["security"] = Security(route.Access);
        return operation;
    }

    private static JsonArray Parameters(Route route)
    {
        var parameters = new JsonArray();
        foreach (var name in new RouteTemplate(route.Template).Names)
            parameters.Add((JsonNode)Parameter(name, "path", "string", null, required: true));
        foreach (var parameter in route.Parameters)
            parameters.Add((JsonNode)Parameter(parameter.Name, parameter.In, parameter.Type, parameter.Description, parameter.Required));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, string type, string? description, bool required)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = type } };
        if (description is not null)
            parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Responses(Route route, OpenApiSchemas schemas)
    {
        var responses = new JsonObject();
        foreach (var reply in route.Replies)
        {
            var response = new JsonObject { ["description"] = reply.Description };
            if (reply.MediaType is { } mediaType)
                response["content"] = new JsonObject { [mediaType] = reply.Schema is { } schema ? Media(schemas.Reference(schema)) : new JsonObject() };
            responses[reply.Status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        responses["default"] = new JsonObject
        {
            ["description"] = "A problem, with its code and the cure.",
            ["content"] = new JsonObject { ["application/problem+json"] = Media(schemas.Reference(typeof(Problem))) },
        };
        return responses;
    }

    private static JsonObject Media(JsonNode schema) => new() { ["schema"] = schema };

    private static JsonArray Security(RouteAccess access) => access switch
    {
        RouteAccess.Read => Scheme(KeyScheme, "read"),
        RouteAccess.Submit => Scheme(KeyScheme, "submit"),
        RouteAccess.Deploy => Scheme(KeyScheme, "deploy"),
        RouteAccess.Predict => Scheme(KeyScheme, "predict"),
        RouteAccess.Manage => Scheme(KeyScheme, "manage"),
        RouteAccess.Node => Scheme(NodeScheme, null),
        RouteAccess.Signature or RouteAccess.Anonymous => [],
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, null),
    };

    private static JsonArray Scheme(string name, string? scope) => new(new JsonObject { [name] = scope is null ? new JsonArray() : new JsonArray((JsonNode)scope) });

    private static JsonObject SecuritySchemes() => new()
    {
        [KeyScheme] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key of this host, or an access token of the organisation whose accounts sign in; what it may do depends on its role's scopes." },
        [NodeScheme] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A node's own token." },
    };

    private static string Tag(Route route)
    {
        var parts = route.Template.Split('/');
        return parts[1] switch
        {
            "api" => parts[3],
            "agent" => "agents",
            "v2" => "inference",
            var first => first,
        };
    }
}
