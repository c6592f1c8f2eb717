using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Planning;

/// <summary>How large a search space is.</summary>
/// <param name="Searched">How many parameters are searched: those with one value only are not.</param>
/// <param name="Conditional">How many of them are not always there.</param>
/// <param name="Points">How many points it permits; null: any number, or more than are counted.</param>
/// <param name="PresentShare">The part of the searched parameters that is there in a point drawn by chance.</param>
/// <param name="PermittedShare">The part of the points drawn by chance that is permitted.</param>
public sealed record SpaceSize(int Searched, int Conditional, double? Points, double PresentShare, double PermittedShare)
{
    /// <summary>The most points that are counted one by one, where conditions or forbidden combinations make that necessary.</summary>
    private const double MostCounted = 20_000;

    private const int Drawn = 500;

    /// <summary>The size of a space.</summary>
    public static SpaceSize Of(SearchSpace space)
    {
        var searched = space.Dimensions.Where(dimension => dimension.Kind != DimensionKind.Fixed).ToList();
        var conditional = searched.Count(dimension => dimension.Parameter.When is not null);
        var (present, permitted) = Shares(space, searched);
        return new SpaceSize(searched.Count, conditional, Count(space), present, permitted);
    }

    private static (double Present, double Permitted) Shares(SearchSpace space, List<Dimension> searched)
    {
        var random = new RandomSource(0);
        var (present, permitted) = (0.0, 0);
        for (var draw = 0; draw < Drawn; draw++)
        {
            var point = UniformPoints.Draw(space, random);
            present += searched.Count == 0 ? 1 : (double)searched.Count(dimension => !double.IsNaN(point[dimension.Index])) / searched.Count;
            permitted += space.IsPermitted(point) ? 1 : 0;
        }

        return (present / Drawn, (double)permitted / Drawn);
    }

    private static double? Count(SearchSpace space)
    {
        var all = space.Dimensions.Aggregate(1.0, (product, dimension) => product * dimension.Cardinality);
        if (double.IsInfinity(all))
            return null;
        if (!space.IsConditional && space.Description.Forbidden.Count == 0)
            return all;
        return all > MostCounted ? null : Count(space, new double[space.Dimensions.Count], 0);
    }

    /// <summary>Counts the points that begin with the coordinates before an index. Conditions speak of earlier dimensions alone.</summary>
    private static double Count(SearchSpace space, double[] point, int index)
    {
        if (index == point.Length)
            return space.IsPermitted(point) ? 1 : 0;
        var dimension = space.Dimensions[index];
        if (!space.IsActive(dimension, point))
        {
            point[index] = double.NaN;
            return Count(space, point, index + 1);
        }

        var count = 0.0;
        for (var step = 0; step < dimension.Cardinality; step++)
        {
            point[index] = dimension.Snap(dimension.Low + step * dimension.Step);
            count += Count(space, point, index + 1);
        }

        return count;
    }
}
