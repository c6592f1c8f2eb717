using System.Globalization;
using Serverless.Jobs.Events;

namespace Serverless.Misbehaver;

/// <summary>A program that says nothing and draws everything: its only reports are scalars in TensorBoard event files.</summary>
internal static class EventFiles
{
    /// <summary>Writes <c>eval/loss</c> = level + 1/epoch for some epochs; the last is written just before the end.</summary>
    /// <param name="folder">Where; relative to the working folder, or a variable of the contract that begins with <c>$</c>.</param>
    /// <param name="epochs">How many.</param>
    /// <param name="milliseconds">The pause between two.</param>
    /// <param name="level">What the loss goes down to.</param>
    public static async Task<int> WriteAsync(string folder, int epochs, int milliseconds, string level)
    {
        using var writer = new EventWriter(folder.StartsWith('$') ? Plain.Variable(folder[1..]) : folder, TimeProvider.System);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
            writer.Scalar("eval/loss", double.Parse(level, CultureInfo.InvariantCulture) + 1.0 / epoch, epoch);
            writer.Histogram("weights", [epoch, 1], epoch);
        }

        return 0;
    }
}
