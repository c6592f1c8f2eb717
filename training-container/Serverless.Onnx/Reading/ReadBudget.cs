using Serverless.Onnx.Findings;

namespace Serverless.Onnx.Reading;

/// <summary>What is left of the limits while a model is read.</summary>
internal sealed class ReadBudget(ReadLimits limits)
{
    private long fields;
    private int nodes;
    private int depth;

    public void Field(string place)
    {
        if (++fields > limits.MaxFields)
            throw new MalformedModelException(OnnxFindingCode.TooLarge, place, $"the file has more than {limits.MaxFields} fields", "Put numbers into raw data instead of lists, or raise the limit if the model is yours.");
    }

    public void Node(string place)
    {
        if (++nodes > limits.MaxNodes)
            throw new MalformedModelException(OnnxFindingCode.TooLarge, place, $"the file has more than {limits.MaxNodes} nodes", "Export a smaller graph (loops instead of unrolled steps), or raise the limit if the model is yours.");
    }

    public void Enter(string place)
    {
        if (++depth > limits.MaxGraphDepth)
            throw new MalformedModelException(OnnxFindingCode.TooDeep, place, $"graphs lie in each other more than {limits.MaxGraphDepth} deep", "Flatten the model's If, Loop and Scan.");
    }

    public void Leave() => depth--;
}
