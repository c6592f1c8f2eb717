using System.Globalization;
using System.Text.RegularExpressions;
using Azure;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Infra.Compute.Arm;

/// <summary>A refusal of Azure Resource Manager, understood. Sources: its common error codes, and Compute's "allocation" and "quota" errors.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Code">Azure's code.</param>
/// <param name="Text">Azure's words, fit to be shown.</param>
/// <param name="QuotaLeft">How many vCPUs the quota still has; null when it was not said.</param>
internal sealed partial record ArmFailure(ArmFailureKind Kind, string Code, string Text, int? QuotaLeft)
{
    /// <summary>Our own code for a host that has no token to speak with.</summary>
    public const string NotSignedIn = "NotSignedIn";

    private const int MaxText = 400;

    /// <summary>Whether waiting a little may help within the same call.</summary>
    public bool IsPassing => Kind is ArmFailureKind.Throttled or ArmFailureKind.InProgress or ArmFailureKind.Down;

    /// <summary>Whether there are not enough machines to be had.</summary>
    public bool IsShortage => Kind is ArmFailureKind.Quota or ArmFailureKind.NoCapacity or ArmFailureKind.NoSize;

    /// <summary>Understands what the client threw.</summary>
    public static ArmFailure Read(RequestFailedException failed) => Read(failed.Status, failed.ErrorCode ?? "", failed.Message.Split('\n')[0].Trim());

    /// <summary>Understands a status, a code and a message.</summary>
    /// <param name="status">HTTP status; 0 or 200 with a code when a long operation failed.</param>
    /// <param name="code">Azure's code.</param>
    /// <param name="message">Azure's words.</param>
    public static ArmFailure Read(int status, string code, string message)
    {
        var kind = KindOf(status, code, message);
        return new ArmFailure(kind, code, Shown.Quote(message, MaxText), kind == ArmFailureKind.Quota ? Left(message) : null);
    }

    /// <summary>The failure as the port says it, with the cure.</summary>
    /// <param name="doing">What was being done, such as <c>Growing the pool 'gpu'</c>.</param>
    /// <param name="size">The machines' size.</param>
    /// <param name="region">Where.</param>
    public ServerlessException ToException(string doing, string size, string region)
    {
        var (code, why, cure, retryable) = Kind switch
        {
            ArmFailureKind.Quota => (ProblemCodes.NoQuota, "the subscription's quota does not reach",
                $"Ask for fewer machines or a smaller size, or raise the quota of the size's family in {region}: Azure portal → Quotas → Compute, or 'az quota update' (spot machines have a quota of their own).", false),
            ArmFailureKind.NoCapacity => (ProblemCodes.NoCapacity, $"{region} has no {size} free now", "Try again later, or take another size, another region, or machines that are not spot.", true),
            ArmFailureKind.NoSize => (ProblemCodes.NoCapacity, $"{region} does not offer {size} to this subscription", "Take another size or region ('az vm list-skus' says what there is), or ask Azure's support for access.", false),
            ArmFailureKind.Throttled => (ProblemCodes.Unavailable, "Azure gets too many calls", "It is tried again later.", true),
            ArmFailureKind.InProgress => (ProblemCodes.Conflict, "another operation is still in progress", "It is tried again later.", true),
            ArmFailureKind.Down => (ProblemCodes.Unavailable, "Azure does not answer as it should", "It is tried again later; see Azure's status page if it lasts.", true),
            ArmFailureKind.Forbidden => (ProblemCodes.Unavailable, "the host's identity may not do this", "Give it the role 'Virtual Machine Contributor' on the resource group, and 'Managed Identity Operator' on the machines' identity.", false),
            ArmFailureKind.NotSignedIn => (ProblemCodes.Unavailable, "the host is not signed in to Azure", "In Azure give the app its managed identity; elsewhere sign in with 'az login'. It is tried again later.", true),
            ArmFailureKind.NotFound => (ProblemCodes.Unavailable, "something it needs is not there", "Check the template's resource group, image, subnet and identity.", false),
            ArmFailureKind.Wrong => (ProblemCodes.Unavailable, "Azure refuses the request", "Correct the pool's template.", false),
            _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Unknown kind."),
        };
        return new ServerlessException(code, $"{doing} failed: {why}. Azure says ({(Code.Length > 0 ? Code : "no code")}): {Text}", cure, retryable);
    }

    private static ArmFailureKind KindOf(int status, string code, string message) => code switch
    {
        NotSignedIn => ArmFailureKind.NotSignedIn,
        "QuotaExceeded" => ArmFailureKind.Quota,
        "OperationNotAllowed" when message.Contains("quota", StringComparison.OrdinalIgnoreCase) => ArmFailureKind.Quota,
        "AllocationFailed" or "ZonalAllocationFailed" or "OverconstrainedAllocationRequest" or "OverconstrainedZonalAllocationRequest" => ArmFailureKind.NoCapacity,
        "SkuNotAvailable" => ArmFailureKind.NoSize,
        "TooManyRequests" or "OperationPreempted" => ArmFailureKind.Throttled,
        _ => status switch
        {
            429 => ArmFailureKind.Throttled,
            409 => ArmFailureKind.InProgress,
            404 => ArmFailureKind.NotFound,
            401 or 403 => ArmFailureKind.Forbidden,
            0 or 408 or >= 500 => ArmFailureKind.Down,
            _ => ArmFailureKind.Wrong,
        },
    };

    private static int? Left(string message) =>
        Number(LimitPattern(), message) is { } limit && Number(UsagePattern(), message) is { } usage ? Math.Max(0, limit - usage) : null;

    private static int? Number(Regex pattern, string message) =>
        pattern.Match(message) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"Current Limit: (\d{1,9})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LimitPattern();

    [GeneratedRegex(@"Current Usage: (\d{1,9})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex UsagePattern();
}
