using System.Reflection;

namespace Serverless.Jobs.Hosting;

/// <summary>Finds the verbs of a program: in itself, in what it refers to, and in what is loaded.</summary>
internal static class JobVerbs
{
    public static IJobVerb? Find(string verb) =>
        Assemblies().SelectMany(assembly => assembly.GetCustomAttributes<JobVerbAttribute>()).FirstOrDefault(each => each.Verb == verb) is { } found
            ? (IJobVerb)Activator.CreateInstance(found.Handler)!
            : null;

    private static IEnumerable<Assembly> Assemblies()
    {
        foreach (var loaded in AppDomain.CurrentDomain.GetAssemblies())
            yield return loaded;
        foreach (var name in Assembly.GetEntryAssembly()?.GetReferencedAssemblies() ?? [])
            if (TryLoad(name) is { } referenced)
                yield return referenced;
    }

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null; // a reference that the program is run without; if the verb was in it, the verb is said to be unknown
        }
    }
}
