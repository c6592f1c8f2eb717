using System.Globalization;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Core.Names;

namespace Serverless.Core.Budgets;

/// <summary>The host's own monthly limit, which holds until somebody sets another.</summary>
public sealed record BudgetOptions
{
    /// <summary>The most that the jobs of a month may cost. Default: no limit.</summary>
    public decimal? MonthlyLimit { get; init; }

    /// <summary>ISO 4217 code of the limit.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Reads the limit of a host in Azure, in US dollars: the currency of the price file.</summary>
    /// <param name="read">Reads a setting by <see cref="AzureSetting.Key"/>.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when it is no amount of 0 to 1,000,000,000.</exception>
    public static BudgetOptions Read(Func<string, string?> read)
    {
        if (read(AzureSettings.MonthlyBudget) is not { } text || string.IsNullOrWhiteSpace(text))
            return new BudgetOptions();
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var limit) && limit <= 1_000_000_000
            ? new BudgetOptions { MonthlyLimit = limit }
            : throw Fail.Invalid(AzureSettings.MonthlyBudget, $"The month's budget is {Shown.Quote(text)}.", "Give an amount of US dollars from 0 to 1000000000, such as '200'.");
    }
}
