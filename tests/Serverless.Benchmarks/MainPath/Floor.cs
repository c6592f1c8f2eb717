using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Serverless.Benchmarks.MainPath;

/// <summary>The least that a .NET host can be: what is above it is ours.</summary>
internal static class Floor
{
    /// <summary>Serves an empty 200 until it is killed.</summary>
    /// <param name="args">The address to listen on.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        await using var app = builder.Build();
        app.Urls.Add(args[0]);
        app.MapGet("/health/live", () => Results.Ok());
        await app.RunAsync();
        return 0;
    }
}
