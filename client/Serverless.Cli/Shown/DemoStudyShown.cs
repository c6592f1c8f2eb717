namespace Serverless.Cli.Shown;

/// <summary>What the demo's study found.</summary>
internal sealed record DemoStudyShown
{
    /// <summary>The study.</summary>
    public required string Id { get; init; }

    /// <summary>Its trials that ended with a value.</summary>
    public required int Trials { get; init; }

    /// <summary>The best trial's accuracy, on the same held-out part as the first model's.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The best trial's parameters, as <c>name=value</c> with blanks between.</summary>
    public required string Parameters { get; init; }

    /// <summary>The best trial's model, which the endpoint answers with since.</summary>
    public required string Model { get; init; }

    /// <summary>How many of the rows put aside it got right.</summary>
    public required int PredictionsRight { get; init; }

    /// <summary>From its submission until its model was live.</summary>
    public required double Seconds { get; init; }

    /// <summary>What its trials cost.</summary>
    public required decimal Cost { get; init; }
}
