using System.Diagnostics;

namespace Serverless.TestKit;

/// <summary>Waits on a fact instead of sleeping.</summary>
public static class Eventually
{
    /// <summary>How long a fact may take before a test gives up: generous, because machines are noisy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="what">What is awaited, for the message.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="patience">How long; null: <see cref="Patience"/>.</param>
    /// <param name="cancel">Breaks off.</param>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? patience = null, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        var limit = patience ?? Patience;
        while (!await condition())
        {
            Assert.True(clock.Elapsed < limit, $"Waited {limit.TotalSeconds:0} s for: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, cancel);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task TrueAsync(string what, Func<bool> condition, TimeSpan? patience = null, CancellationToken cancel = default) =>
        TrueAsync(what, () => Task.FromResult(condition()), patience, cancel);

    /// <summary>Waits for a value.</summary>
    public static async Task<T> SomeAsync<T>(string what, Func<Task<T?>> find, TimeSpan? patience = null, CancellationToken cancel = default)
        where T : class
    {
        T? found = null;
        await TrueAsync(what, async () => (found = await find()) is not null, patience, cancel);
        return found!;
    }
}
