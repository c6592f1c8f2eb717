using Serverless.Api.Routing;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Requests;

/// <summary>The parameters of every list.</summary>
internal static class PageParameters
{
    /// <summary>The parameters.</summary>
    public static IReadOnlyList<RouteParameter> All { get; } =
    [
        new(ApiNames.Limit, "integer", $"Most rows, 1 to {ApiNames.MaxLimit}; default {ApiNames.DefaultLimit}."),
        new(ApiNames.After, "string", "The 'next' of the page before."),
    ];
}
