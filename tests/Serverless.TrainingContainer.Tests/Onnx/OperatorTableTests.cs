using Serverless.Onnx.Operators;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Onnx;

public sealed class OperatorTableTests
{
    [Fact]
    public async Task Table_EveryOperatorOfOnnxItself_StandsAlike()
    {
        var python = Needs.Python("onnx", "onnx");

        var (code, output) = await PythonProcess.RunAsync(python, "from onnx import defs\nfor s in defs.get_all_schemas_with_history():\n  if s.domain in ('','ai.onnx.ml'): print(s.domain or '-', s.name, s.since_version, int(s.deprecated))");

        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 300);
        foreach (var line in lines)
        {
            var parts = line.Split(' ');
            var standing = OperatorTable.Find(parts[0] == "-" ? "" : parts[0], parts[1], long.Parse(parts[2]));
            Assert.True(standing == (parts[3] == "1" ? OperatorStanding.Deprecated : OperatorStanding.Known), $"{line}: {standing}");
        }
    }
}
