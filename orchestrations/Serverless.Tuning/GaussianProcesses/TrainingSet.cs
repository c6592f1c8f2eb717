using Serverless.Tuning.Numerics;

namespace Serverless.Tuning.GaussianProcesses;

/// <summary>The places that were measured, a column a coordinate. Coordinates of one group share a length scale.</summary>
internal sealed class TrainingSet
{
    private readonly double[][] columns;

    /// <summary>An empty set.</summary>
    /// <param name="groups">The group of each coordinate, from 0 without gaps.</param>
    /// <param name="capacity">How many places there may be.</param>
    public TrainingSet(IReadOnlyList<int> groups, int capacity)
    {
        Groups = groups;
        GroupCount = groups.Count == 0 ? 0 : groups.Max() + 1;
        Capacity = capacity;
        columns = [.. groups.Select(_ => new double[capacity])];
    }

    /// <summary>The group of each coordinate.</summary>
    public IReadOnlyList<int> Groups { get; }

    /// <summary>How many groups there are.</summary>
    public int GroupCount { get; }

    /// <summary>How many places there may be.</summary>
    public int Capacity { get; }

    /// <summary>How many places there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many coordinates a place has.</summary>
    public int Coordinates => columns.Length;

    /// <summary>One coordinate of all places.</summary>
    public ReadOnlySpan<double> Column(int coordinate) => columns[coordinate].AsSpan(0, Count);

    /// <summary>Adds a place.</summary>
    public void Add(ReadOnlySpan<double> place)
    {
        for (var c = 0; c < columns.Length; c++)
            columns[c][Count] = place[c];
        Count++;
    }

    /// <summary>Takes away the last places.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Writes the squared distances of a place to the first places of the set.</summary>
    /// <param name="place">Coordinates.</param>
    /// <param name="weights">One over the squared length scale of each coordinate.</param>
    /// <param name="distances">Results; its length says for how many places.</param>
    public void Distances(ReadOnlySpan<double> place, ReadOnlySpan<double> weights, Span<double> distances)
    {
        distances.Clear();
        for (var c = 0; c < columns.Length; c++)
            VectorMath.AddSquaredDistances(distances, weights[c], place[c], columns[c]);
    }

    /// <summary>The coordinates of a place of the set.</summary>
    public void Read(int index, Span<double> place)
    {
        for (var c = 0; c < columns.Length; c++)
            place[c] = columns[c][index];
    }
}
