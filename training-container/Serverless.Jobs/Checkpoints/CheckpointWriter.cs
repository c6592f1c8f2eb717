using System.Globalization;

namespace Serverless.Jobs.Checkpoints;

/// <summary>Saves checkpoints: all files beside their places, then renamed, then the marker.</summary>
internal sealed class CheckpointWriter(string folder)
{
    private int saved;

    public void Save(Action<CheckpointFiles> write)
    {
        Directory.CreateDirectory(folder);
        var files = new CheckpointFiles(folder);
        write(files);
        files.MoveIntoPlace();
        saved++;
        var marker = Path.Combine(folder, CheckpointMarker.FileName);
        File.WriteAllText(marker + ".tmp", saved.ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(marker + ".tmp", marker, overwrite: true);
    }
}
