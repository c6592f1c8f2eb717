using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Api.Routing;

/// <summary>Binds a row of the table to the feature that answers it.</summary>
internal static class Answer
{
    /// <summary>The feature is found among the host's services when a call comes.</summary>
    public static RouteHandler By<T>(Func<T, ApiCall, CancellationToken, Task> answer)
        where T : notnull =>
        (call, cancel) => answer(call.Http.RequestServices.GetRequiredService<T>(), call, cancel);
}
