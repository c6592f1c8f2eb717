namespace Serverless.Benchmarks.Scale.Simulating;

/// <summary>A token bucket, as Compute's throttles are: so many at once, so many more a minute.</summary>
internal sealed class Bucket(double capacity, double perMinute)
{
    private double tokens = double.MaxValue; // full at first
    private double at;

    /// <summary>Takes tokens, if there are enough.</summary>
    public bool Take(double now, double count = 1)
    {
        tokens = Math.Min(capacity, tokens + (now - at) * perMinute / 60);
        at = now;
        if (tokens < count)
            return false;
        tokens -= count;
        return true;
    }
}
