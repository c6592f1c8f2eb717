using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// Points of a space as places of a Euclidean space, so that any kernel of distances is a kernel of points. A number is its unit coordinate.
/// A choice is a corner of a simplex: two choices are 1 apart. A number that is not always there has a second coordinate that says so, and is in its middle
/// while absent: two absences are no distance apart (an isometry in the spirit of Lévesque et al., Bayesian Optimization for Conditional Hyperparameter Spaces, 2017).
/// </summary>
internal sealed class Encoding
{
    /// <summary>How far a number that is there is from its absence, beside its distance from the middle.</summary>
    private const double Presence = 0.5;

    private readonly List<Coordinate> coordinates = [];

    /// <summary>The encoding of a space.</summary>
    public Encoding(SearchSpace space)
    {
        Space = space;
        var group = 0;
        foreach (var dimension in space.Dimensions.Where(dimension => dimension.Kind != DimensionKind.Fixed))
        {
            if (dimension.Kind == DimensionKind.Categorical)
            {
                for (var choice = 0; choice < dimension.Cardinality; choice++)
                    coordinates.Add(new Coordinate(dimension, group, choice, false));
            }
            else
            {
                coordinates.Add(new Coordinate(dimension, group, -1, false));
                if (dimension.Parameter.When is not null)
                    coordinates.Add(new Coordinate(dimension, group, -1, true));
            }

            group++;
        }

        Groups = [.. coordinates.Select(coordinate => coordinate.Group)];
        Searched = [.. space.Dimensions.Where(dimension => dimension.Kind != DimensionKind.Fixed)];
        Numbers = [.. coordinates.Select((coordinate, index) => (coordinate, index)).Where(pair => pair.coordinate.IsNumber).Select(pair => (pair.coordinate.Dimension, pair.index))];
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>The dimension of each coordinate, counted among those that are searched.</summary>
    public IReadOnlyList<int> Groups { get; }

    /// <summary>The dimensions with more than one value.</summary>
    public IReadOnlyList<Dimension> Searched { get; }

    /// <summary>The dimensions that are numbers (or levels), with the coordinate that moves with each.</summary>
    public IReadOnlyList<(Dimension Dimension, int Coordinate)> Numbers { get; }

    /// <summary>How many coordinates a place has.</summary>
    public int Length => coordinates.Count;

    /// <summary>The place of a point.</summary>
    public double[] Encode(ReadOnlySpan<double> point)
    {
        var place = new double[coordinates.Count];
        for (var i = 0; i < place.Length; i++)
            place[i] = coordinates[i].Of(point);
        return place;
    }

    /// <summary>The numbers that are there at a point.</summary>
    public List<(Dimension Dimension, int Coordinate)> NumbersAt(double[] point) => [.. Numbers.Where(number => !double.IsNaN(point[number.Dimension.Index]))];

    /// <summary>The point for coordinates of a cube, one for each dimension of the space; what is not there is left out.</summary>
    public double[] FromCube(ReadOnlySpan<double> cube)
    {
        var point = new double[Space.Dimensions.Count];
        foreach (var dimension in Space.Dimensions)
            point[dimension.Index] = dimension.FromUnit(cube[dimension.Index]);
        Space.Complete(point);
        return point;
    }

    /// <summary>Makes a changed point whole: what has come to be there is in its middle, what has gone is left out.</summary>
    public double[] Complete(double[] point)
    {
        foreach (var dimension in Space.Dimensions)
        {
            if (double.IsNaN(point[dimension.Index]))
                point[dimension.Index] = dimension.FromUnit(0.5);
        }

        Space.Complete(point);
        return point;
    }

    private sealed record Coordinate(Dimension Dimension, int Group, int Choice, bool SaysAbsent)
    {
        private static readonly double Corner = Math.Sqrt(0.5);

        public bool IsNumber => Choice < 0 && !SaysAbsent;

        public double Of(ReadOnlySpan<double> point)
        {
            var value = point[Dimension.Index];
            if (SaysAbsent)
                return double.IsNaN(value) ? Presence : 0;
            if (double.IsNaN(value))
                return Choice < 0 ? 0.5 : 0;
            return Choice < 0 ? Dimension.ToUnit(value) : value == Choice ? Corner : 0;
        }
    }
}
