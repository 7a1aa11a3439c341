using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Repository.Api.Hosting.Settings;

/// <summary>Checks a section by its annotations, and names each bad setting as the operator wrote it: <c>Section:Name</c>.</summary>
internal sealed class SectionValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(result => $"{section}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
    }
}
