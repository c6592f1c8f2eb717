using Serverless.Contracts.Problems;
using Serverless.Core.Budgets;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;

namespace Serverless.Orchestrations.Tests.Budgets;

public sealed class BudgetOptionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("0", 0.0)]
    [InlineData("200", 200.0)]
    [InlineData("0.5", 0.5)]
    public void Read_ASetting_IsTheLimit(string? text, double? limit) =>
        Assert.Equal((decimal?)limit, BudgetOptions.Read(name => name == AzureSettings.MonthlyBudget ? text : null).MonthlyLimit);

    [Theory]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("1,000")]
    [InlineData("1000000001")]
    [InlineData("much")]
    public void Read_WhatIsNoAmount_IsRefused(string text)
    {
        var thrown = Assert.Throws<ServerlessException>(() => BudgetOptions.Read(_ => text));
        Assert.Equal((ProblemCodes.Invalid, AzureSettings.MonthlyBudget), (thrown.Code, Assert.Single(thrown.Errors).Path));
    }
}
