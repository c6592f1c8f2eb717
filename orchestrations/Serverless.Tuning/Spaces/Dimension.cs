namespace Serverless.Tuning.Spaces;

/// <summary>
/// A parameter as samplers see it: a coordinate that is a number. Numbers are themselves, choices and levels are their index, a constant is 0;
/// a parameter that is not there is <see cref="double.NaN"/>.
/// </summary>
public sealed class Dimension
{
    private readonly IReadOnlyList<ParameterValue> values;
    private readonly double warpedLow;
    private readonly double warpedWidth;

    private Dimension(int index, Parameter parameter, DimensionKind kind, double low, double high, double step, bool log, IReadOnlyList<ParameterValue> values)
    {
        (Index, Parameter, Low, High, Step, IsLog, this.values) = (index, parameter, low, high, step, log, values);
        Kind = low == high ? DimensionKind.Fixed : kind;
        (EdgeLow, EdgeHigh) = (low - step / 2, high + step / 2);
        warpedLow = Warp(EdgeLow);
        warpedWidth = Warp(EdgeHigh) - warpedLow;
    }

    /// <summary>Its place in <see cref="SearchSpace.Dimensions"/>.</summary>
    public int Index { get; }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>The parameter's name.</summary>
    public string Name => Parameter.Name;

    /// <summary>What it is to samplers.</summary>
    public DimensionKind Kind { get; }

    /// <summary>The least coordinate.</summary>
    public double Low { get; }

    /// <summary>The greatest coordinate.</summary>
    public double High { get; }

    /// <summary>The distance of two coordinates; 0: any.</summary>
    public double Step { get; }

    /// <summary>Samplers work on the logarithm of the coordinate.</summary>
    public bool IsLog { get; }

    /// <summary>The least coordinate less half a step: the lower edge of what rounds to it.</summary>
    public double EdgeLow { get; }

    /// <summary>The greatest coordinate and half a step.</summary>
    public double EdgeHigh { get; }

    /// <summary>How many values there are; <see cref="double.PositiveInfinity"/> when there are any.</summary>
    public double Cardinality => Kind == DimensionKind.Fixed ? 1 : Step == 0 ? double.PositiveInfinity : Math.Round((High - Low) / Step) + 1;

    /// <summary>The coordinate, or its logarithm.</summary>
    public double Warp(double coordinate) => IsLog ? Math.Log(coordinate) : coordinate;

    /// <summary>The other way.</summary>
    public double Unwarp(double warped) => IsLog ? Math.Exp(warped) : warped;

    /// <summary>The nearest coordinate that the parameter can have.</summary>
    public double Snap(double coordinate)
    {
        if (Step > 0)
            coordinate = AtStep(Math.Round((coordinate - Low) / Step));
        return Math.Clamp(coordinate, Low, High);
    }

    /// <summary>The coordinate as a number in [0, 1]: each value of a stepped one gets an equal part (by logarithm: the part that rounds to it), of which this is the middle.</summary>
    public double ToUnit(double coordinate) => warpedWidth == 0 ? 0.5 : Math.Clamp((Warp(coordinate) - warpedLow) / warpedWidth, 0, 1);

    /// <summary>The coordinate for a number in [0, 1]; a uniform number gives each value its share.</summary>
    public double FromUnit(double unit) => Snap(Unwarp(warpedLow + Math.Clamp(unit, 0, 1) * warpedWidth));

    /// <summary>The parameter's value for a coordinate that <see cref="Snap"/> leaves as it is.</summary>
    public ParameterValue ValueOf(double coordinate) => values.Count == 0 ? coordinate : values[(int)coordinate];

    /// <summary>The coordinate of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="coordinate">Its coordinate.</param>
    /// <returns>Whether the parameter can have the value.</returns>
    public bool TryCoordinateOf(ParameterValue value, out double coordinate)
    {
        const double Slack = 1e-9;
        coordinate = values.Count > 0 ? IndexOf(value) : value.Kind == ValueKind.Number ? value.Number : double.NaN;
        if (values.Count > 0)
            return coordinate >= 0;
        if (!(coordinate >= Low && coordinate <= High))
            return false;
        if (Step == 0)
            return true;
        var snapped = Snap(coordinate);
        var near = Math.Abs(snapped - coordinate) <= Slack * Math.Max(Step, Math.Abs(coordinate));
        coordinate = snapped;
        return near;
    }

    /// <summary>What values it can have, in words.</summary>
    internal string Range => values.Count > 0
        ? string.Join(", ", values.Select(Words.Of))
        : $"{Words.Of(Low)} to {Words.Of(High)}{(Step > 0 && Step != 1 ? $" in steps of {Words.Of(Step)}" : Parameter is IntParameter ? ", whole" : "")}";

    /// <summary>The dimension of a parameter that has no errors.</summary>
    internal static Dimension Of(int index, Parameter parameter) => parameter switch
    {
        FloatParameter { Step: { } step } grid => new(index, grid, DimensionKind.Stepped, grid.Low, LastStep(grid.Low, grid.High, step), step, false, []),
        FloatParameter real => new(index, real, DimensionKind.Continuous, real.Low, real.High, 0, real.Log, []),
        IntParameter whole => new(index, whole, DimensionKind.Stepped, whole.Low, LastStep(whole.Low, whole.High, whole.Step), whole.Step, whole.Log, []),
        CategoricalParameter choice => new(index, choice, DimensionKind.Categorical, 0, choice.Choices.Count - 1, 1, false, choice.Choices),
        OrdinalParameter level => new(index, level, DimensionKind.Ordinal, 0, level.Levels.Count - 1, 1, false, level.Levels),
        ConstantParameter constant => new(index, constant, DimensionKind.Fixed, 0, 0, 1, false, [constant.Value]),
        _ => throw new InvalidOperationException($"The parameter '{parameter.Name}' is of the unknown kind {parameter.GetType().Name}. Use one of the kinds of this library."),
    };

    private static double LastStep(double low, double high, double step) => low + Math.Floor((high - low) / step + 1e-9) * step;

    /// <summary>In decimal arithmetic where it fits, so that three steps of 0.1 are 0.3 and not 0.30000000000000004.</summary>
    private double AtStep(double steps)
    {
        const double Fits = 1e12;
        return Parameter is FloatParameter && Math.Abs(Low) < Fits && Math.Abs(High) < Fits && Step > 1 / Fits
            ? (double)((decimal)Low + (decimal)steps * (decimal)Step)
            : Low + steps * Step;
    }

    private double IndexOf(ParameterValue value)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].Equals(value))
                return index;
        }

        return -1;
    }
}
