namespace Serverless.Core.Ids;

/// <summary>Makes ids. Workflow code never asks it: an id is made before a workflow starts, or in an activity.</summary>
public interface IIdSource
{
    /// <summary>A new id, <c>{prefix}-{20 characters}</c>: sorts by time, unique without coordination, safe in paths and addresses.</summary>
    /// <param name="prefix">What the id is of, such as <c>job</c>: lower-case letters.</param>
    string Next(string prefix);
}
