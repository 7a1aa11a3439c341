using Repository.Api.Hosting.Answers;

namespace Repository.Api.Hosting.Requests;

/// <summary>What a binder wants the request to be answered with, in place of its operation.</summary>
internal sealed record RequestRefusal(Answer Answer);
