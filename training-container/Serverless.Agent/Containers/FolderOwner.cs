using Serverless.Agent.Unix;

namespace Serverless.Agent.Containers;

/// <summary>Gives an attempt's folders to the user that its program has in its container.</summary>
internal static class FolderOwner
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;

    /// <summary>Only root can and must: another agent's programs have its own user. What is mounted read-only stays as it is; it may be linked to the cache.</summary>
    public static void Give(ContainerPlan plan, uint agent)
    {
        File.SetUnixFileMode(plan.Mounts.First(mount => mount.Target == ContainerPaths.Temporary).Source, Everybody);
        if (agent != 0)
            return;
        var readOnly = plan.Mounts.Where(mount => mount.ReadOnly).Select(mount => mount.Source).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in plan.WritableFolders)
            Give(folder, readOnly, plan.User);
    }

    private static void Give(string folder, HashSet<string> leftOut, ContainerUser user)
    {
        if (Libc.ChangeOwner(folder, user.User, user.Group) != 0)
            throw new IOException($"The folder '{folder}' could not be given to the container's user {user}: error {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()}.");
        foreach (var file in Directory.EnumerateFiles(folder))
            Libc.ChangeOwner(file, user.User, user.Group);
        foreach (var below in Directory.EnumerateDirectories(folder).Where(below => !leftOut.Contains(below)))
            Give(below, leftOut, user);
    }
}
