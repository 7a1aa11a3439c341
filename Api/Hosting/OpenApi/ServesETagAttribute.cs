namespace Repository.Api.Hosting.OpenApi;

/// <summary>The operation's success carries an <c>ETag</c>, which <c>If-Match</c> takes.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServesETagAttribute : Attribute;
