using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Api.Routing;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Api;

/// <summary>The file that the Functions host reads: what the route table and the queues rest on.</summary>
public sealed partial class HostFileTests
{
    private static readonly JsonElement Host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), "host.json"))).RootElement;

    [Fact]
    public void Routes_HaveNoPrefix_SoThatTheTableSeesThePathAsItIs() => Assert.Equal("", Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void Hub_HasANameThatEveryBackendTakes() =>
        Assert.Matches(HubName(), Host.GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString());

    /// <summary>A session that stays open without messages keeps others waiting: jobs are many, and each has few messages.</summary>
    [Fact]
    public void Sessions_AreLetGoSoon()
    {
        var bus = Host.GetProperty("extensions").GetProperty("serviceBus");
        Assert.True(TimeSpan.Parse(bus.GetProperty("sessionIdleTimeout").GetString()!, CultureInfo.InvariantCulture) <= TimeSpan.FromSeconds(5));
        Assert.True(bus.GetProperty("maxConcurrentSessions").GetInt32() >= 32);
        Assert.Equal(Host.GetProperty("functionTimeout").GetString(), bus.GetProperty("maxAutoLockRenewalDuration").GetString());
    }

    /// <summary>The host ends a function after this: longer than any call of the table or of an activity to the inference app may take.</summary>
    [Fact]
    public void Functions_MayTakeLongerThanAnyRoute()
    {
        var limit = TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);
        Assert.All(Serverless.Api.ApiRoutes.All.Rows.Concat(Serverless.Api.InferenceRoutes.All.Rows).Where(route => route.TimeOut != Timeout.InfiniteTimeSpan), (Route route) => Assert.True(route.TimeOut < limit, route.Name));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex HubName();
}
