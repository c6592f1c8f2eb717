using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Costs;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Tests.Cli;

public sealed class BudgetTests
{
    private static readonly Budget Set = new() { Month = "2026-03", Limit = 200, Currency = "USD", Spent = 12.345m, Reserved = 3, Left = 184.655m };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BudgetSet_SendsTheLimit_AndShowsTheMonth()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("PUT", Routes.Budget, Set, ContractsJson.Default.Budget);
        var run = await CliRun.AsAsync(api, "budget", "set", "200", "--currency", "USD");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Same("text/budget", run.Out);
        var sent = Assert.Single(api.Requests).Read(ContractsJson.Default.BudgetRequest);
        Assert.Equal((200m, "USD"), (sent.Limit, sent.Currency));
    }

    [Fact]
    public async Task BudgetShow_WithoutALimit_SaysSo()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        api.On("GET", Routes.Budget, new Budget { Month = "2026-03", Currency = "USD", Spent = 1 }, ContractsJson.Default.Budget);
        var run = await CliRun.AsAsync(api, "budget", "show");
        Assert.Contains("none", run.Out);
        Assert.DoesNotContain("left", run.Out);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1e3")]
    [InlineData("all")]
    public async Task BudgetSet_WhatIsNoAmount_IsRefused(string text)
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        Assert.Equal(2, (await CliRun.AsAsync(api, "budget", "set", text)).ExitCode);
        Assert.Empty(api.Requests);
    }
}
