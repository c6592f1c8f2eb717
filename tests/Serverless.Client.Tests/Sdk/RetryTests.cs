using System.Net;
using Microsoft.AspNetCore.Http;
using Serverless.Client.Errors;
using Serverless.Client.Http;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Tests.Sdk;

public sealed class RetryTests
{
    private static readonly JobSpec Spec = new() { Program = new ProgramSpec { Command = ["true"] } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Get_RefusedForTheMoment_AskedAgain(int status)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        api.On("GET", Routes.Job, FailFirst(2, status, Examples.Job()));

        Assert.Equal(JobStatus.Succeeded, (await client.Jobs.GetAsync("x", Cancel)).Status);
        Assert.Equal(3, api.Requests.Count);
    }

    [Fact]
    public async Task Get_RefusedForGood_AskedAsOftenAsTheOptionsSay()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        api.Refuse("GET", Routes.Job, 503, ProblemCodes.Unavailable);

        Assert.Equal(503, (await Assert.ThrowsAsync<ServerlessApiException>(() => client.Jobs.GetAsync("x", Cancel))).Status);
        Assert.Equal(4, api.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(507)]
    public async Task Get_FinalRefusal_AskedOnce(int status)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        api.Refuse("GET", Routes.Job, status, "x");

        await Assert.ThrowsAsync<ServerlessApiException>(() => client.Jobs.GetAsync("x", Cancel));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Submit_AnswerLost_SentAgainWithTheSameKeyAndBody()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        var calls = 0;
        api.On("POST", Routes.Jobs, context =>
        {
            if (Interlocked.Increment(ref calls) > 1)
                return FakeApi.WriteAsync(context, Examples.Job(JobStatus.Pending), ContractsJson.Default.Job, 201);
            context.Abort();
            return Task.CompletedTask;
        });

        await client.Jobs.SubmitAsync(Spec, cancel: Cancel);
        await client.Jobs.SubmitAsync(Spec, cancel: Cancel);

        var keys = api.Requests.Select(request => request.Headers[ApiNames.IdempotencyKey]).ToList();
        Assert.Equal(3, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[1], keys[2]);
        Assert.Equal(api.Requests.First().Body, api.Requests.ElementAt(1).Body);
    }

    [Fact]
    public async Task Deploy_PerhapsDone_NotSentAgain()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        api.Refuse("POST", Routes.EndpointDeployments, 503, ProblemCodes.Unavailable);

        await Assert.ThrowsAsync<ServerlessApiException>(() => client.Endpoints.DeployAsync("e", new DeployRequest { Model = "m" }, Cancel));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Deploy_QueueFull_SentAgainBecauseNothingWasDone()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        var calls = 0;
        api.On("POST", Routes.EndpointDeployments, context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return Interlocked.Increment(ref calls) == 1
                ? FakeApi.RefuseAsync(context, 429, ProblemCodes.Busy)
                : FakeApi.WriteAsync(context, Examples.Deployment(), ContractsJson.Default.Deployment, 202);
        });

        // An hour is asked for; the client's own bound of 20 ms holds.
        await client.Endpoints.DeployAsync("e", new DeployRequest { Model = "m" }, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(2, api.Requests.Count);
    }

    [Fact]
    public async Task Client_NobodyListens_UnreachableWithTheAddressAndTheCure()
    {
        using var client = new ServerlessClient(new ServerlessClientOptions { Address = new Uri("http://127.0.0.1:1"), FirstDelay = TimeSpan.FromMilliseconds(1) });

        var e = await Assert.ThrowsAsync<HostUnreachableException>(() => client.Jobs.GetAsync("x", Cancel));
        Assert.Contains("http://127.0.0.1:1/", e.Message);
        Assert.Contains("serverless up", e.Message);
    }

    [Fact]
    public async Task Client_HostSilent_GivesUpInTime()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        var hold = new TaskCompletionSource();
        api.On("GET", Routes.Job, _ => hold.Task);
        using var client = new ServerlessClient(new ServerlessClientOptions { Address = api.Address, Attempts = 1, Timeout = TimeSpan.FromMilliseconds(50) });

        var e = await Assert.ThrowsAsync<HostUnreachableException>(() => client.Jobs.GetAsync("x", Cancel));
        hold.SetResult();
        Assert.Contains("No answer", e.Message);
    }

    [Fact]
    public async Task Client_Redirected_DoesNotFollowWithItsKey()
    {
        await using var thief = await FakeApi.StartAsync(Cancel);
        thief.On("GET", Routes.Job, Examples.Job(), ContractsJson.Default.Job);
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Job, context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
            context.Response.Headers.Location = new Uri(thief.Address, "/api/v1/jobs/x").ToString();
            return Task.CompletedTask;
        });
        using var client = api.NewClient();

        await Assert.ThrowsAsync<ServerlessApiException>(() => client.Jobs.GetAsync("x", Cancel));
        Assert.Empty(thief.Requests);
        Assert.Equal($"Bearer {FakeApi.Key}", Assert.Single(api.Requests).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html", 502, ProblemCodes.Unavailable)]
    [InlineData("{\"title\":", "application/problem+json", 404, ProblemCodes.NotFound)]
    [InlineData("", "application/problem+json", 401, ProblemCodes.Unauthenticated)]
    public async Task Refusal_NoProblemDocument_StatusSaysWhat(string body, string type, int status, string code)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        api.On("POST", Routes.EndpointRollback, async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.WriteAsync(body, Cancel);
        });

        var e = await Assert.ThrowsAsync<ServerlessApiException>(() => client.Endpoints.RollbackAsync("e", Cancel));
        Assert.Equal((status, code), (e.Status, e.Code));
        Assert.NotNull(e.Cure);
    }

    [Fact]
    public async Task Refusal_ProblemDocument_AllOfItIsThere()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var client = api.NewClient();
        api.Refuse("GET", Routes.Job, 400, ProblemCodes.Invalid, "Two errors.", "Mend them.", new FieldError("a", "A is wrong.", "Mend a."), new FieldError("b", "B is wrong.", "Mend b."));

        var e = await Assert.ThrowsAsync<ServerlessApiException>(() => client.Jobs.GetAsync("x", Cancel));
        Assert.Equal((ProblemCodes.Invalid, "Mend them.", 2), (e.Code, e.Cure, e.Errors.Count));
        Assert.Equal("Two errors.\na: A is wrong. Mend a.\nb: B is wrong. Mend b.\nMend them.", e.Message);
    }

    private static RequestDelegate FailFirst(int times, int status, Job then)
    {
        var calls = 0;
        return context => Interlocked.Increment(ref calls) <= times
            ? FakeApi.RefuseAsync(context, status, "x")
            : FakeApi.WriteAsync(context, then, ContractsJson.Default.Job);
    }
}
