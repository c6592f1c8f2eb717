using Serverless.Core.Workflows;

namespace Serverless.DurableVictim;

/// <summary>What activities did to the world: one file for each call, so that a second run of the same call changes nothing, and a call that is not the same shows.</summary>
internal sealed class Effects(string folder, Action done)
{
    public void Record(ActivityCall call, string what)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{call.InstanceId}-{call.Sequence}");
        if (File.Exists(path) && File.ReadAllText(path) is var before && before.Length > 0 && before != what)
            what = $"first {before}, then {what}";
        File.WriteAllText(path, what);
        done(); // the world has changed, and the engine does not know it yet
    }
}
