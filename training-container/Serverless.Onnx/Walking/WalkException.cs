namespace Serverless.Onnx.Walking;

/// <summary>Ends the reading of one module; it is caught where modules are read one by one, so that all refusals are told at once.</summary>
internal sealed class WalkException(string what, string cure) : Exception(what)
{
    public string Cure => cure;
}
