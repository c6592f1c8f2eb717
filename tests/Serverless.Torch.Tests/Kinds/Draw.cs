namespace Serverless.Torch.Tests.Kinds;

/// <summary>Draws a configuration and keeps what was drawn.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random random = new(seed);
    private readonly List<string> drawn = [];

    public string Settings => string.Join(", ", drawn);

    /// <summary>From the least to the most, both included.</summary>
    public long Whole(string name, long least, long most) => Keep(name, random.NextInt64(least, most + 1));

    public double Real(string name, double least, double most) => Keep(name, Math.Round(least + (random.NextDouble() * (most - least)), 3));

    public bool Flag(string name) => Keep(name, random.Next(2) == 0);

    public T Of<T>(string name, params T[] choices) => Keep(name, choices[random.Next(choices.Length)]);

    private T Keep<T>(string name, T value)
    {
        drawn.Add($"{name} {value}");
        return value;
    }
}
