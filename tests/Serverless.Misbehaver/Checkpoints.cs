using System.Globalization;

namespace Serverless.Misbehaver;

/// <summary>Checkpoints, good and torn. A good one has the same number in its first and last line.</summary>
internal static class Checkpoints
{
    /// <summary>Writes checkpoint after checkpoint straight into the file, with a pause in the middle; after each waits for the file <c>go-N.tmp</c> in the artifacts.</summary>
    public static async Task<int> TornAsync(int count)
    {
        var path = Path.Combine(Plain.Variable("SERVERLESS_CHECKPOINT_DIR"), "state.txt");
        for (var i = 1; i <= count; i++)
        {
            await using (var file = new StreamWriter(path) { AutoFlush = true })
            {
                await file.WriteLineAsync(i.ToString(CultureInfo.InvariantCulture));
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
                await file.WriteLineAsync(i.ToString(CultureInfo.InvariantCulture));
            }

            Console.WriteLine($"step = {i}");
            while (!File.Exists(Path.Combine(Plain.Variable("SERVERLESS_ARTIFACTS_DIR"), $"go-{i}.tmp")))
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        return 0;
    }

    /// <summary>Saves one good checkpoint, waits for a word, writes half of the next and hangs in the middle.</summary>
    public static async Task<int> TornThenHangAsync()
    {
        Replace("state.txt", "1\n1\n");
        Console.WriteLine("saved = 1");
        while (!File.Exists(Path.Combine(Plain.Variable("SERVERLESS_ARTIFACTS_DIR"), "go")))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        await using var file = new StreamWriter(Path.Combine(Plain.Variable("SERVERLESS_CHECKPOINT_DIR"), "state.txt")) { AutoFlush = true };
        await file.WriteLineAsync("2");
        Console.WriteLine("half = 2");
        return await Signals.HangAsync();
    }

    /// <summary>Counts epochs, goes on from the last checkpoint, and says where it began.</summary>
    public static async Task<int> EpochsAsync(int count, int milliseconds)
    {
        var path = Path.Combine(Plain.Variable("SERVERLESS_CHECKPOINT_DIR"), "state.txt");
        var done = File.Exists(path) ? int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : 0;
        Console.WriteLine($"begins = {done}");
        for (var epoch = done + 1; epoch <= count; epoch++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
            Replace("state.txt", epoch.ToString(CultureInfo.InvariantCulture));
            Console.WriteLine($"epoch = {epoch}");
        }

        return 0;
    }

    public static void Replace(string name, string text)
    {
        var path = Path.Combine(Plain.Variable("SERVERLESS_CHECKPOINT_DIR"), name);
        File.WriteAllText(path + ".tmp", text);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
