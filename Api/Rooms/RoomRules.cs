using System.Globalization;
using FluentValidation;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>Rules that requests about rooms share; null is left to whether the member is optional.</summary>
internal static class RoomRules
{
    public static IRuleBuilderOptions<T, int?> IsFromTo<T>(this IRuleBuilder<T, int?> rule, int min, int max) => rule
        .InclusiveBetween(min, max)
        .WithMessage(string.Create(CultureInfo.InvariantCulture, $"must be {min} to {max:N0}."));

    public static IRuleBuilderOptions<T, string?> IsAdmission<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(static text => text is null || AdmissionText.TryParse(text, out _)).WithMessage("must be open, approval or invitation.");
}
