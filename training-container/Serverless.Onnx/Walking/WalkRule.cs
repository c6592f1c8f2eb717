namespace Serverless.Onnx.Walking;

/// <summary>Writes the operators that a kind of module calls.</summary>
/// <returns>What the module returns.</returns>
internal delegate IReadOnlyList<WalkedValue> WalkRule(WalkedModule module);
