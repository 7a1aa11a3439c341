namespace Repository.Api.Users;

/// <summary>
/// Examples for the description of the API. They are genuine: the keys are those of RFC 8032, 7.1 (tests 2 and 3) and RFC 7748, 6.1, whose
/// private halves are printed there, and the proofs verify.
/// </summary>
internal static class UserExamples
{
    private const string UserGuid = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    private const string Key = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n-----END PUBLIC KEY-----\n";
    private const string NextKey = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=\n-----END PUBLIC KEY-----\n";
    private const string SealingKey = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAhSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=\n-----END PUBLIC KEY-----\n";

    public static object[] All { get; } =
    [
        new RegisterUserRequest(
            UserGuid,
            Key,
            "W8ZiZXxQjEd9TGF6rqgSXfLrH7Fum1w8o5vdgdZXiF7UH14noSbwSQ9Huqm9VcIU+/CQIxVdPkDqp0mjXXiDAQ==",
            SealingKey),
        new ReplaceUserKeysRequest(
            NextKey,
            "1GOzeXKssikbH7v8JHe27NicsGBZOJ4L5H3P/rncQ3BtAryChVLxctnJX6meiSHbHC7/w0SxcOgDNFJ2YKiYAQ==",
            "dz0PaXohZPzMoMJTktKqaJUzzbrGu7DJOSqs0XjWCfpjvVxVjG7gTZEnj0Dq7zf0Szvvi3VV0BlVCKszdq0ODg==",
            SealingKey,
            RevokeOld: false),
        new UpdateUserRequest(0),
        new UserView(UserGuid, 1, Key, SealingKey, new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero)),
    ];
}
