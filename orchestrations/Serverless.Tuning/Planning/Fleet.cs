using Serverless.Tuning.Randomness;

namespace Serverless.Tuning.Planning;

/// <summary>The machines of a simulated study: as many as trials want one, up to the pool's limit; a machine without work takes the next trial or leaves.</summary>
/// <param name="pool">What they are.</param>
/// <param name="timeline">When things happen.</param>
/// <param name="random">How long each boots.</param>
/// <param name="begin">A trial has got a machine.</param>
internal sealed class Fleet(PoolModel pool, Timeline timeline, RandomSource random, Action<SimulatedTrial, int> begin)
{
    private readonly List<Node> nodes = [];
    private readonly LinkedList<SimulatedTrial> waiting = [];
    private readonly Stack<Node> idle = new();
    private double gone;
    private int alive;
    private int busy;

    /// <summary>The time of all machines so far, from being asked for to leaving.</summary>
    public double Seconds => gone + nodes.Where(node => node.IsThere).Sum(node => timeline.Now - node.AskedAt);

    /// <summary>A trial wants a machine.</summary>
    public void Seat(SimulatedTrial trial)
    {
        waiting.AddLast(trial);
        Match();
        Grow();
    }

    /// <summary>A trial that waits wants none any more.</summary>
    public void Withdraw(SimulatedTrial trial) => waiting.Remove(trial);

    /// <summary>A machine's trial has ended.</summary>
    public void Free(int id)
    {
        busy--;
        Rest(nodes[id]);
    }

    /// <summary>A machine was taken away under its trial.</summary>
    public void Lose(int id)
    {
        busy--;
        Leave(nodes[id]);
        Grow();
    }

    /// <summary>A machine has booted.</summary>
    public void Ready(int id) => Rest(nodes[id]);

    /// <summary>A machine has waited; it leaves unless it got work meanwhile.</summary>
    public void IdleOut(int id, int token)
    {
        if (nodes[id] is { IsIdle: true } node && node.Token == token)
            Leave(node);
    }

    private void Grow()
    {
        while (alive < Math.Min(pool.MaxNodes, busy + waiting.Count))
        {
            var node = new Node(nodes.Count, timeline.Now);
            nodes.Add(node);
            alive++;
            timeline.Say(timeline.Now + pool.BootSeconds * Math.Exp(pool.BootSpread * random.NextNormal()), HappeningKind.Ready, node.Id);
        }
    }

    private void Rest(Node node)
    {
        node.IsIdle = true;
        node.Token++;
        idle.Push(node);
        Match();
        if (node.IsIdle)
            timeline.Say(timeline.Now + pool.IdleSeconds, HappeningKind.IdleOut, node.Id, node.Token);
    }

    private void Match()
    {
        while (waiting.First is { Value: var trial } && idle.TryPop(out var node))
        {
            if (!node.IsIdle)
                continue;
            waiting.RemoveFirst();
            node.IsIdle = false;
            busy++;
            begin(trial, node.Id);
        }
    }

    private void Leave(Node node)
    {
        (node.IsIdle, node.IsThere) = (false, false);
        alive--;
        gone += timeline.Now - node.AskedAt;
    }

    private sealed class Node(int id, double askedAt)
    {
        public int Id { get; } = id;

        public double AskedAt { get; } = askedAt;

        public bool IsThere { get; set; } = true;

        public bool IsIdle { get; set; }

        public int Token { get; set; }
    }
}
