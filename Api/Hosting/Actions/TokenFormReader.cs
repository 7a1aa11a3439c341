using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Hosting.Actions;

/// <summary>Reads a form with a token. A field that is given twice is refused: two readers could take different ones (RFC 6749, 3.1).</summary>
internal sealed class TokenFormReader : ParameterReader
{
    private const string Field = "token";

    public override async ValueTask<Argument> ReadAsync(HttpContext context)
    {
        if (!BodyType.Is(context.Request, BodyType.Form))
        {
            return Argument.Refuse(Answer.Refuse(ApiProblem.UnsupportedMediaType));
        }

        var body = await RequestBody.ReadAsync(context, context.RequestAborted);
        return TryFind(Encoding.UTF8.GetString(body), out var token)
            ? Argument.Of(new TokenForm(token))
            : Argument.Refuse(Answer.Invalid(Field, "must be given once."));
    }

    private static bool TryFind(string form, out string token)
    {
        token = string.Empty;
        var count = 0;
        foreach (var field in new QueryStringEnumerable(form)) // A query is written as a form is; its reader tells the case of names apart.
        {
            if (field.DecodeName().Span.SequenceEqual(Field))
            {
                token = field.DecodeValue().ToString();
                count++;
            }
        }

        return count == 1 && token.Length > 0;
    }
}
