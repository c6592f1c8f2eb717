using Serverless.Contracts.Problems;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Inference.Checks;
using Serverless.Inference.Options;
using Serverless.Inference.Routing;
using Serverless.Inference.Sessions;

namespace Serverless.Inference;

/// <summary>Serves models in this process.</summary>
internal sealed class InferenceHost(ModelFiles files, ModelChecker checker, SessionPool sessions, EndpointRoutes routes, InferenceOptions options, TimeProvider time) : IEndpointHost
{
    /// <inheritdoc/>
    public async Task<ModelCheck> PrepareAsync(EndpointModel model, CancellationToken cancel)
    {
        try
        {
            return await checker.CheckAsync(await files.ReadAsync(model, cancel), cancel);
        }
        catch (ServerlessException failure) when (!failure.Retryable)
        {
            return Refused(failure);
        }
    }

    /// <inheritdoc/>
    public async Task<ModelCheck> ProbeAsync(EndpointModel model, CancellationToken cancel)
    {
        try
        {
            using var lease = await sessions.AcquireAsync(model, options.Idle, cancel)
                ?? throw new ServerlessException(ProblemCodes.Busy, $"Too many calls of {model} wait already.", "Try again.", retryable: true);
            return EmptyRow.Run(lease.Session, time, options.RunLimit, cancel) is { } failure
                ? ModelCheck.Refused(failure.Message, SessionChecks.RunCure)
                : SessionChecks.Judge(lease.Session);
        }
        catch (ServerlessException failure) when (!failure.Retryable)
        {
            return Refused(failure);
        }
    }

    /// <inheritdoc/>
    public Task RouteAsync(string endpoint, CancellationToken cancel) => routes.RefreshAsync(endpoint, cancel);

    /// <inheritdoc/>
    public Task DrainAsync(EndpointModel model, CancellationToken cancel) =>
        routes.LeadTo(model) ? Task.CompletedTask : sessions.DrainAsync(model, cancel);

    /// <inheritdoc/>
    public async Task<int> SessionsAsync(string endpoint, CancellationToken cancel) =>
        await routes.FindAsync(endpoint, cancel) is { } route ? route.Shares.Select(share => share.Model).Distinct().Count(sessions.IsLoaded) : 0;

    private static ModelCheck Refused(ServerlessException failure) =>
        ModelCheck.Refused(failure.Message, failure.Cure ?? "See the message.");
}
