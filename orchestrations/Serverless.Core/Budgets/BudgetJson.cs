using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Core.Budgets;

/// <summary>How budgets are stored. Members are added, as optional ones; they are never renamed or given another meaning. Those with a default of their own are <c>set</c>, not <c>init</c>: see <see cref="Contracts.Wire.ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BudgetRecord))]
[JsonSerializable(typeof(MonthLedger))]
public sealed partial class BudgetJson : JsonSerializerContext;
