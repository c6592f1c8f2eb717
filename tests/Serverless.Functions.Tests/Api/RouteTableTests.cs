using System.Reflection;
using Serverless.Api;
using Serverless.Api.Routing;
using Serverless.Contracts;

namespace Serverless.Functions.Tests.Api;

public sealed class RouteTableTests
{
    public static TheoryData<string, string> OtherSpellings()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in new[] { "/api/v1/jobs", "/api/v1/jobs/job-1/stop", "/agent/v1/claims", "/api/v1/endpoints/digits" })
        {
            var last = path.LastIndexOf('/');
            foreach (var other in new[]
            {
                path + "/", path + "//", path.ToUpperInvariant(), path.Replace("/v1/", "//v1/"), "/" + path, path + ";", path + ";a=b", path.Replace("/v1/", "/v1;x/"),
                path.Replace("/v1/", "%2fv1/"), path.Replace("/v1/", "%2Fv1%2F"), path.Replace("/v1/", "/./v1/"), path.Replace("/v1/", "/%2e/v1/"), path.Replace("/v1/", "/x/../v1/"),
                path.Replace("/v1/", "/x/%2e%2e/v1/"), path.Replace("/v1/", "/x/%252e%252e/v1/"), path.Replace("/v1/", "\\v1\\"), path.Replace("/v1/", "%5cv1%5c"), path + "%00", path + "%20", path + " ",
                path + "%", path + "%zz", path + "%c0%af", path + "\u00e9", path[1..], "http://localhost" + path, "*", path[..last] + "/%6" + path[(last + 1)..],
            })
                data.Add(path, other);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(OtherSpellings))]
    public void Match_OtherSpellingOfAPath_ReachesNothingUnderAnotherRule(string path, string other)
    {
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE" })
        {
            // An escape of a plain letter or a space in the last segment is another value of the same route's parameter; anything else is no path.
            if (ApiRoutes.All.Match(method, RequestPath.Of(other)) is RouteMatch.Found found)
                Assert.Equal(Assert.IsType<RouteMatch.Found>(ApiRoutes.All.Match(method, path)).Route.Name, found.Route.Name);
        }
    }

    [Fact]
    public void Match_EveryTemplateOfRoutes_IsInTheTable()
    {
        var templates = typeof(Routes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!).ToHashSet();
        Assert.Equal(templates.Order(), ApiRoutes.All.Rows.Select(route => route.Template).Distinct().Order());
    }

    [Fact]
    public void Match_EveryRow_IsFoundByItsFilledTemplate()
    {
        foreach (var route in ApiRoutes.All.Rows)
        {
            var count = new RouteTemplate(route.Template).Names.Count;
            var path = Routes.Fill(route.Template, [.. Enumerable.Range(0, count).Select(i => $"välue {i}/x+y"[..(i == count - 1 && route.Template.Contains("**") ? 11 : 7)])]);
            var found = Assert.IsType<RouteMatch.Found>(ApiRoutes.All.Match(route.Method, path));
            Assert.Equal(route.Name, found.Route.Name);
            Assert.All(found.Values.Values, value => Assert.StartsWith("välue ", value));
        }
    }

    [Fact]
    public void Rows_Access_IsAnonymousForHealthAndDescriptionsAlone()
    {
        var open = ApiRoutes.All.Rows.Where(route => route.Access == RouteAccess.Anonymous).Select(route => route.Template);
        Assert.Equal(new[] { Routes.Live, Routes.Ready, Routes.InferLive, Routes.InferReady, Routes.OpenApi, Routes.StudySchema }.Order(), open.Order());
        Assert.All(ApiRoutes.All.Rows.Where(route => route.Template.StartsWith("/agent/", StringComparison.Ordinal)), route => Assert.Equal(RouteAccess.Node, route.Access));
        Assert.All(ApiRoutes.All.Rows.Where(route => route.Template.StartsWith("/artifacts/", StringComparison.Ordinal)), route => Assert.Equal(RouteAccess.Signature, route.Access));
        Assert.All(ApiRoutes.All.Rows.Where(route => route.Method is "PUT" or "POST" or "DELETE"), route => Assert.NotEqual(RouteAccess.Read, route.Access));
    }

    [Fact]
    public void Match_KnownPathWithOtherMethod_TellsWhichItHas()
    {
        var match = Assert.IsType<RouteMatch.NoMethod>(ApiRoutes.All.Match("PATCH", "/api/v1/jobs"));
        Assert.Equal(["GET", "POST"], match.Allowed);
        Assert.IsType<RouteMatch.NoMethod>(ApiRoutes.All.Match("get", "/api/v1/jobs"));
        Assert.IsType<RouteMatch.NoPath>(ApiRoutes.All.Match("GET", "/"));
    }

    [Fact]
    public void Table_SameRowTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new RouteTable([ApiRoutes.All.Rows[0], ApiRoutes.All.Rows[0]]));
}
