namespace Serverless.Contracts.Problems;

/// <summary>The codes that a <see cref="Problem"/> can have. They are part of the wire format: they are added, never changed.</summary>
public static class ProblemCodes
{
    /// <summary>400: the input has errors; all are listed.</summary>
    public const string Invalid = "invalid_input";

    /// <summary>401: no key, or one that is not known here.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>403: the key is known and does not reach this far.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>416: the range is not in the file.</summary>
    public const string RangeInvalid = "range_invalid";

    /// <summary>421: the request's Host is not one that this host answers to.</summary>
    public const string ForeignHost = "foreign_host";

    /// <summary>404: no such thing.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: the path is known, the method is not.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>409: the thing has changed meanwhile, or is in a state that does not allow this.</summary>
    public const string Conflict = "conflict";

    /// <summary>409: the epoch is over: another agent owns the job now.</summary>
    public const string StaleEpoch = "stale_epoch";

    /// <summary>409: the provider's quota can not hold even one such machine.</summary>
    public const string NoQuota = "no_quota";

    /// <summary>409: the provider has no such machine for this subscription or region.</summary>
    public const string NoCapacity = "no_capacity";

    /// <summary>409: it could cost more than its limit, or than what is left of the month's budget.</summary>
    public const string OverBudget = "over_budget";

    /// <summary>413: the body is larger than the limit.</summary>
    public const string TooLarge = "too_large";

    /// <summary>415: the body's type is not one that is read here.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the content's hash is not what was announced.</summary>
    public const string HashMismatch = "hash_mismatch";

    /// <summary>429: a bounded queue is full; Retry-After says when to come again.</summary>
    public const string Busy = "busy";

    /// <summary>503: a dependency is down or the host is going down.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>507: the disk is full.</summary>
    public const string StorageFull = "storage_full";

    /// <summary>500: our fault; the log has it under the trace id.</summary>
    public const string Internal = "internal";

    /// <summary>422: the model cannot be loaded or run.</summary>
    public const string ModelInvalid = "model_invalid";
}
