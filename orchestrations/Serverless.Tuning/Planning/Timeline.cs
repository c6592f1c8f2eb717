namespace Serverless.Tuning.Planning;

/// <summary>What is going to happen, in virtual seconds; of two things at one time the one that was said first comes first.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Happening, (double At, long Order)> queue = new();
    private long said;

    /// <summary>The time, from 0.</summary>
    public double Now { get; private set; }

    /// <summary>Says that something will happen.</summary>
    public void Say(double at, HappeningKind kind, int id = 0, int token = 0) => queue.Enqueue(new Happening(kind, id, token), (Math.Max(at, Now), said++));

    /// <summary>The next thing that happens; false: nothing does.</summary>
    public bool Next(out Happening happening)
    {
        if (!queue.TryDequeue(out happening, out var when))
            return false;
        Now = when.At;
        return true;
    }
}
