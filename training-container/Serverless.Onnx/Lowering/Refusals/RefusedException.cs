namespace Serverless.Onnx.Lowering.Refusals;

/// <summary>Ends the lowering of one operator; it is caught where operators are lowered one by one, so that all refusals are told at once.</summary>
internal sealed class RefusedException(string what, string cure) : Exception(what)
{
    public string Cure => cure;
}
