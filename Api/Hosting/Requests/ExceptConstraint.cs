using Microsoft.AspNetCore.Routing.Matching;

namespace Repository.Api.Hosting.Requests;

/// <summary>
/// Keeps a parameter in a path, <c>{guid:except(verify)}</c>, off the literal that stands beside it: there another method is not allowed
/// (405), where else the literal would be refused as a malformed identifier (400).
/// </summary>
/// <param name="literal">Compared without case, as routing compares literals.</param>
internal sealed class ExceptConstraint(string literal) : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    public const string Name = "except";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) => values[routeKey] is string text && MatchesLiteral(routeKey, text);

    /// <summary>Lets routing leave the parameter out where it stands for the literal: a constraint alone would make that path unknown (404).</summary>
    public bool MatchesLiteral(string parameterName, string literalText) => !string.Equals(literalText, literal, StringComparison.OrdinalIgnoreCase);
}
