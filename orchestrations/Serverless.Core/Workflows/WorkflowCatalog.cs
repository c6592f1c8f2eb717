using System.Text.Json;

namespace Serverless.Core.Workflows;

/// <summary>All workflows and activities of the product by name, for whichever engine runs them.</summary>
public sealed class WorkflowCatalog
{
    private readonly Dictionary<string, WorkflowEntry> workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityEntry> activities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> changes = new(StringComparer.Ordinal);

    /// <summary>Makes an empty catalogue.</summary>
    /// <param name="json">How inputs and results are written: options with a type resolver for all of them.</param>
    public WorkflowCatalog(JsonSerializerOptions json) => Json = json;

    /// <summary>How inputs and results are written.</summary>
    public JsonSerializerOptions Json { get; }

    /// <summary>The workflows by name.</summary>
    public IReadOnlyDictionary<string, WorkflowEntry> Workflows => workflows;

    /// <summary>The activities by name.</summary>
    public IReadOnlyDictionary<string, ActivityEntry> Activities => activities;

    /// <summary>Adds a workflow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="create">Makes one for a run.</param>
    public WorkflowCatalog Add<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflow<TIn, TOut>> create)
    {
        workflows.Add(name.Name, new WorkflowEntry(name.Name, async (context, input) =>
            Write(await create().RunAsync(context, Read<TIn>(input)))));
        return this;
    }

    /// <summary>Adds an activity.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="create">Finds it among the services of a call.</param>
    /// <param name="trace">The <c>traceparent</c> that its input carries; null: it makes no spans.</param>
    public WorkflowCatalog Add<TIn, TOut>(ActivityName<TIn, TOut> name, Func<IServiceProvider, IActivity<TIn, TOut>> create, Func<TIn, string?>? trace = null)
    {
        activities.Add(name.Name, new ActivityEntry(name.Name, async (services, call, text, cancel) =>
        {
            var input = Read<TIn>(text);
            using var span = ActivitySpans.Start(name.Name, call, trace?.Invoke(input));
            try
            {
                return Write(await create(services).RunAsync(call, input, cancel));
            }
            catch (Exception error) when (ActivitySpans.Mark(span, error))
            {
                throw;
            }
        }));
        return this;
    }

    /// <summary>The changes of code that workflows ask about, with their newest variants.</summary>
    public IReadOnlyDictionary<string, int> Changes => changes;

    /// <summary>Declares a change that a workflow asks about by <see cref="IWorkflowContext.GetVersion"/>: an engine that cannot write a marker notes at a run's start which it knows.</summary>
    /// <param name="name">The change.</param>
    /// <param name="newest">Its newest variant, from 1.</param>
    public WorkflowCatalog Change(string name, int newest)
    {
        changes[name] = newest;
        return this;
    }

    /// <summary>Writes a value as the catalogue's JSON.</summary>
    public string Write<T>(T value) => JsonSerializer.Serialize(value, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)));

    /// <summary>Reads a value from the catalogue's JSON.</summary>
    public T Read<T>(string json) => JsonSerializer.Deserialize(json, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)))!;
}
