namespace Serverless.Cli.Shown;

/// <summary>What <c>demo</c> found; <c>--output json</c> writes it. Members are added, never changed.</summary>
internal sealed record DemoReport
{
    /// <summary>The model's accuracy on the training's own held-out part, which the gate asked for.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Rows put aside before the upload and asked of the endpoint.</summary>
    public required int PredictionsChecked { get; init; }

    /// <summary>How many of them it got right.</summary>
    public required int PredictionsRight { get; init; }

    /// <summary>From the job's record to its program running, with no node at first.</summary>
    public required double SubmitToRunningMs { get; init; }

    /// <summary>From the begin of the upload to the program running.</summary>
    public required double UploadToRunningMs { get; init; }

    /// <summary>From the host's start to its first answer.</summary>
    public required double HostStartMs { get; init; }

    /// <summary>The first call of the endpoint, with one row.</summary>
    public required double FirstPredictionMs { get; init; }

    /// <summary>From the start of the host until everything was back at zero.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Most nodes seen at once.</summary>
    public required int NodesPeak { get; init; }

    /// <summary>Nodes at the end.</summary>
    public required int NodesAfter { get; init; }

    /// <summary>Sessions loaded at the end.</summary>
    public required int SessionsAfter { get; init; }

    /// <summary>The model, as <c>name@version</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The host's address.</summary>
    public required string Url { get; init; }

    /// <summary>The job.</summary>
    public required string Job { get; init; }

    /// <summary>The data, as <c>name@version</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>What the job cost at <see cref="PricePerHour"/>.</summary>
    public required decimal Cost { get; init; }

    /// <summary>The price of a node per hour.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>ISO 4217 code of both.</summary>
    public required string Currency { get; init; }

    /// <summary>What the study after it found.</summary>
    public required DemoStudyShown Study { get; init; }

    /// <summary>The host's data folder; left out when it is gone.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The host's process; left out when it has ended.</summary>
    public int? ProcessId { get; init; }
}
