namespace Repository.Api.Hosting.OpenApi;

/// <summary>A refusal (RFC 9457), as <c>application/problem+json</c>.</summary>
/// <param name="Type">The path of a page that explains the problem.</param>
/// <param name="Title">What happened.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What can be done about it.</param>
/// <param name="Instance">The path that was called.</param>
/// <param name="Code">What clients switch on; it never changes its meaning.</param>
/// <param name="TraceId">Finds the request in the server's log.</param>
/// <param name="Errors">With <c>validation-failed</c>: messages by member, parameter or header.</param>
/// <param name="Action">With a refused verify: what the machine can do.</param>
/// <param name="Line">With <c>definition-invalid</c>: where the flaw is, from 1.</param>
/// <param name="Key">With <c>definition-invalid</c>: the dotted key that the flaw is in; null where the grammar has none.</param>
internal sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    string TraceId,
    IReadOnlyDictionary<string, string[]>? Errors,
    string? Action,
    int? Line,
    string? Key);
