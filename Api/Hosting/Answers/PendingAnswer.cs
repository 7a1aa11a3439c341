using Microsoft.AspNetCore.Mvc;

namespace Repository.Api.Hosting.Answers;

/// <summary>
/// An answer that a hot action is still waiting for. The action itself has ended: MVC then resumes two steps of its pipeline when the
/// answer comes, and not nine, which is measured by P7 in <c>docs/benchmarks.md</c>.
/// </summary>
internal sealed class PendingAnswer(Task<Answer> answer) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context) => await (await answer).WriteAsync(context.HttpContext);
}
