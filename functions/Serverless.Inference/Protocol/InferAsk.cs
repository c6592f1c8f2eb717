namespace Serverless.Inference.Protocol;

/// <summary>What an inference request asks for besides its inputs.</summary>
/// <param name="outputs">How many outputs the model has.</param>
internal sealed class InferAsk(int outputs)
{
    /// <summary>The request's id.</summary>
    public string? Id { get; set; }

    /// <summary>Whether outputs come as binary when they do not say otherwise.</summary>
    public bool Binary { get; set; }

    /// <summary>Whether the request names the outputs that it wants.</summary>
    public bool Named { get; set; }

    /// <summary>Whether each output comes as binary; null: as the request says for all.</summary>
    public bool?[] BinaryOutputs { get; } = new bool?[outputs];
}
