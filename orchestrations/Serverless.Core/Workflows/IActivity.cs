namespace Serverless.Core.Workflows;

/// <summary>A step that touches the world. It may run twice (its doc says why that does no harm); its result is recorded once.</summary>
public interface IActivity<in TIn, TOut>
{
    /// <summary>Does the step.</summary>
    /// <param name="call">Who called and how often this was tried.</param>
    /// <param name="input">The input.</param>
    /// <param name="cancel">The process goes down: break off; it will be run again.</param>
    Task<TOut> RunAsync(ActivityCall call, TIn input, CancellationToken cancel);
}
