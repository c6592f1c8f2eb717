using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Infra.Compute.Settings;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(List<PoolSetting>))]
internal sealed partial class PoolSettingJson : JsonSerializerContext;
