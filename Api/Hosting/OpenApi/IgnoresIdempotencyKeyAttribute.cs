namespace Repository.Api.Hosting.OpenApi;

/// <summary>The call takes no <c>Idempotency-Key</c>: it changes nothing, or has a replay rule of its own (design/api.md, Conventions).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IgnoresIdempotencyKeyAttribute : Attribute;
