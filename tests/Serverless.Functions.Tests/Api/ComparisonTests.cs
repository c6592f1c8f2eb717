using System.Net;
using Serverless.Contracts;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Functions.Tests.Api;

/// <summary>Runs side by side over HTTP; how the table is laid is tested with it.</summary>
public sealed class ComparisonTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compare_NamedJobs_InTheirOrder()
    {
        await using var host = await ApiHost.StartAsync();
        var (a, b) = (await SubmitAsync(host, "digits", "1"), await SubmitAsync(host, "digits", "2"));
        await SubmitAsync(host, "digits", "3");

        var named = await CompareAsync(host, $"?job={b}&job={a}&job={b}&differing=true");
        Assert.Equal([b, a], named.Runs.Select(run => run.Id));
        Assert.Equal((ColumnGroup.Parameter, "l2", true), (named.Columns[0].Group, named.Columns[0].Name, named.Columns[0].Differs));
        Assert.Equal(["2", "1"], named.Runs.Select(run => run.Cells[0]));

        var newest = await CompareAsync(host, "?limit=2");
        Assert.Equal(["3", "2"], newest.Runs.Select(run => run.Cells[0]));
        Assert.Equal(["These are its newest 2 runs; there are older ones."], newest.Notes);
        Assert.Equal(["1", "2", "3"], (await CompareAsync(host, "?sort=l2")).Runs.Select(run => run.Cells[0]));
    }

    [Fact]
    public async Task Compare_WhatIsElsewhere_IsRefusedWithEveryError()
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits", "1");
        var (other, alone) = (await SubmitAsync(host, "other", "1"), await SubmitAsync(host, null, "1"));

        using var answer = await host.Http.GetAsync(Routes.Fill(Routes.ExperimentComparison, "digits") + $"?job={other}&job={alone}&job=none&study=none", Cancel);
        var problem = await ApiHost.ProblemAsync(answer, 400, ProblemCodes.Invalid);
        Assert.Equal(["job", "job", "job", "study"], problem.Errors!.Select(error => error.Path));
        Assert.Contains("but in 'other'", problem.Errors![0].Message);
        Assert.Contains("nor in any other", problem.Errors[1].Message);
    }

    [Theory]
    [InlineData("?limit=201")]
    [InlineData("?limit=0")]
    [InlineData("?top=201")]
    [InlineData("?differing=1")]
    [InlineData("?job=")]
    [InlineData("?job=%00")]
    [InlineData("?metric=acc")]
    [InlineData("?sort=acc")]
    public async Task Compare_WrongQuery_IsRefused(string query)
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits", "1");
        using var answer = await host.Http.GetAsync(Routes.Fill(Routes.ExperimentComparison, "digits") + query, Cancel);
        await ApiHost.ProblemAsync(answer, 400, ProblemCodes.Invalid);
    }

    [Fact]
    public async Task Compare_MoreJobsThanTheLimit_IsRefusedWithTheLimit()
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "digits", "1");
        var query = "?" + string.Join('&', Enumerable.Range(0, 201).Select(i => $"job=j{i}"));
        using var answer = await host.Http.GetAsync(Routes.Fill(Routes.ExperimentComparison, "digits") + query, Cancel);
        Assert.Contains("at most 200 times", (await ApiHost.ProblemAsync(answer, 400, ProblemCodes.Invalid)).Cure);
    }

    [Fact]
    public async Task Compare_ExperimentNotThere_SaysSimilarOnes()
    {
        await using var host = await ApiHost.StartAsync();
        await SubmitAsync(host, "weight-decay", "1");
        using var answer = await host.Http.GetAsync(Routes.Fill(Routes.ExperimentComparison, "WEIGHT"), Cancel);
        Assert.Equal("Did you mean 'weight-decay'?", (await ApiHost.ProblemAsync(answer, 404, ProblemCodes.NotFound)).Cure);
    }

    private static async Task<string> SubmitAsync(ApiHost host, string? experiment, string l2)
    {
        var spec = new JobSpec { Program = new ProgramSpec { Algorithm = "a" }, Experiment = experiment, Arguments = ["--l2", l2] };
        using var made = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json(spec, ContractsJson.Default.JobSpec), Cancel);
        return (await ApiHost.ReadAsync(made, ContractsJson.Default.Job, HttpStatusCode.Created)).Id;
    }

    private static async Task<ExperimentComparison> CompareAsync(ApiHost host, string query)
    {
        using var answer = await host.Http.GetAsync(Routes.Fill(Routes.ExperimentComparison, "digits") + query, Cancel);
        return await ApiHost.ReadAsync(answer, ContractsJson.Default.ExperimentComparison);
    }
}
