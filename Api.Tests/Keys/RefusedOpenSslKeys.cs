namespace Repository.Api.Tests.Keys;

/// <summary>Keys of kinds that are refused, exactly as OpenSSL 3.0.19 wrote them with <c>openssl pkey -pubout</c>, and files that are no public keys.</summary>
internal static class RefusedOpenSslKeys
{
    public const string Rsa1024 =
        """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDjHgV3VSBUG14AOG+P7BCAH2ll
        6L1DPzWNCetuwme83iGdC06Zmr1Ir06ImtoTWxv2+i84pM/JtIRukpvPWg7wzyvz
        cJTtivcqA+koGg/HiO9mrqTrRW1eUuyCOPdvvgIKLfmitBdFGGcuLRWE5Yu+NgbL
        MUF5bkQWsGEH0mDuJQIDAQAB
        -----END PUBLIC KEY-----

        """;

    /// <summary><c>genpkey -algorithm rsa-pss</c>: id-RSASSA-PSS in place of rsaEncryption.</summary>
    public const string RsaPss =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBALfD+/wfX+TVWxkLX4F9TTTA
        xWgvXBaKlAgPu0GsQh9uiq+Ay/1F7MZn4Ps2NpE36A0ZHbsgZBQgeontZecEMe4T
        Vj8nQUxD6IvhlQ+NMFljo3jnCSNljnIIJysRGQIjJ8CQwjpF32H+4dK0e9TuErk5
        WL0gXLfYdHq8wxIPyj4kGlvnVBDFUc86YWad6hsZiE31faNJPqJUGx9gk21m5mcR
        gL6VlR6ds43sVJ3WzlBzP2fDHIibLpau2lkGeFUPSMZ/O7YgQFz9k+tDMRroLMNj
        TOiqv9BmOdWtkGRoDR6EcapF5dduHXyqnLmwzEwiwh0jTqqZ+q1UF45RUgY3KWsC
        AwEAAQ==
        -----END PUBLIC KEY-----

        """;

    public const string P384 =
        """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE50TonzvXFj1+6DoEezaTVNR5a1stUlhL
        S/C7bC+ofOm897VhttWsDLsnTVZI1+hGT+AopkjJPWebshMLncjBj2ogxBKKC6nr
        /hX4iI12ZZkvKJGTdTaEib/XyT8fT3RB
        -----END PUBLIC KEY-----

        """;

    public const string P521 =
        """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAOTUyYZczoYWQ5/B3e82TWKs+rQz+
        oXeOdOPkTflLsJwMXW4tG6k9NLwIN4WJDGeIPQCVrcoYPjPst7CXguueX4EByNUo
        YcS8KwnnwJ9RE7Q8mouh5Mcq7FOT6C6HIeGrJH39x+I4x/uyyTAA0hA2oz9mB1zB
        0TRkFlMAXepAK3ev8pI=
        -----END PUBLIC KEY-----

        """;

    public const string Secp256K1 =
        """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE4HOeWJi+quit2sf7TIpJCMvlcIXKaDq1
        76HO4fphgmCUW+AJydbAMdpWkhr0umez0utLoGjhLxNKZzpQwvTU+w==
        -----END PUBLIC KEY-----

        """;

    public const string BrainpoolP256 =
        """
        -----BEGIN PUBLIC KEY-----
        MFowFAYHKoZIzj0CAQYJKyQDAwIIAQEHA0IABHrdHf/C8gxs+k8qYgACusLdsPkh
        h280y3yZH/jk/y8tjY9mYCkBZLEaEWgtDGfBD4Y4qtxcS7xrWFlOsS753hk=
        -----END PUBLIC KEY-----

        """;

    public const string Sm2 =
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEP3PzRD5D6dL8Mh8Xrwp+HRYCDzl1
        zqiis+iW6z0ey1p/qbwxiLeq/E1bjXJfOaZg9sML9s/kS8K9rgMKO63vTg==
        -----END PUBLIC KEY-----

        """;

    public const string Ed448 =
        """
        -----BEGIN PUBLIC KEY-----
        MEMwBQYDK2VxAzoAdeaa8U4IHOS+quJuViceHHyZzVVxzhlwJl9B78UjHF/XUCWy
        SVk4WL9HoH8rA1TWggSYol6HwfmA
        -----END PUBLIC KEY-----

        """;

    public const string X448 =
        """
        -----BEGIN PUBLIC KEY-----
        MEIwBQYDK2VvAzkAc6WZpt6Qvb3NUdDYPHRsdK9Agr7IDA8bWDbFtoEHxvm6A6mW
        oItykz3PyN/L8ikYdOlZTPNsQdg=
        -----END PUBLIC KEY-----

        """;

    public const string Dsa =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBwDCCATQGByqGSM44BAEwggEnAoGBANQbhK7fgTsQfwK7u8Vnx686FVSylJ1u
        /9bZaMazlIQR+Cj5ixKhaQ1D8zmQhvFGbhjTWKme7hQ5JyhUlVoydRCMpVXrcKFF
        NDBvAUj3hy8Ey6yGZ5MjfNy7l0gnzrfXIsso75x2VlpiscSBy+CHx+O2DSBP1NN2
        pKzmBNFzGnrNAh0AnlGIWpB6O6r0dWtYOJkot7V0S/8prFioxMBJEwKBgQDBfJsf
        uilRYjqbkgb01qy0L0JH9RBalaDIqR6MzqCx8SYWNyzyA/oyE8nvrvRndj+RYg1+
        JePef52boMyI187YUs2dqOAYsCzW4WmCm2wxIZLkn3HeeIHlxAQbZg0piL4nwImZ
        3Hqo0jGhFP6EwsHs6kSp8ciIRz2nXZ5GgWJ8pAOBhQACgYEAmk83OnrgoPLgMXx7
        kcl844oJOoRvPNqJ0eMZfDhzbPeO40TzgnhjyLQu30qfF5EnjhZlCVgFNwXvb7cf
        b/a95snlW4jDg/FN1cp8vkgBlihBJJDy16EG8dC8kBfMuZQO45UsZdqhMeErM0QW
        k25rZd55Vc8lvIDywv2OgWYTOeM=
        -----END PUBLIC KEY-----

        """;

    public const string DiffieHellman =
        """
        -----BEGIN PUBLIC KEY-----
        MIICJTCCARcGCSqGSIb3DQEDATCCAQgCggEBAP//////////rfhUWKK7Spqv3FYg
        Jz088di5xYPOLTaVqeE2QRRkM/vMk53OJJs++X0v42NjDHXY9oGyAq7EYXrT3x7V
        1f1lYSQz9R9fBm7QhWNlVT3tGvO1VxNef1fJNZhPDHDg5ot34qaJ2vPv6HId8Vih
        Nq3nNTCsyk9IOnl6vAqxgrMk+2HRCKlLssjj+7lq2rdg1/RoHU9Co945TfSuVu3n
        Y3K7GQsHp8juCm1wngL84c334uzANATNKDQvYZFy/pzphYP/jk8SMu7ygYPD/jsb
        TG+tczu1/LwuwiAFxY7xg30Wg7LG80omwbLv+ohrQjhhKFyX//////////8CAQID
        ggEGAAKCAQEAt1FnVFKH/s9fZodB92fRB7+WKrfod1c9TCpV7f1om7UmTRun0ylX
        D+tu0dsbQXFQ9oBXchiaEgnRhckRW26SdCurDxwJmtFg7gbI8vcsLefW08mQgqzm
        LI7Nz0kocAf0rKmJqOWm7evryUtkI82bY9xHOAZKPgLYFR9f/Xg78H3Uh+qvcCFu
        1ToI5SX0fqURPa2cKpPob/9EBoCWlmZ95iUJ86Qf1x3B4QtZA+mjd5Guh9pur4yc
        wlVnycahVRDM0JNU6OG2fZfXa93eseMd7WYsIde9sqnPsApt1T5o2WbdqlbKxOHU
        x9FnxTLLGUoba/6hqE9ldobt999nR0DviQ==
        -----END PUBLIC KEY-----

        """;

    /// <summary><c>req -x509</c> around a P-256 key.</summary>
    public const string Certificate =
        """
        -----BEGIN CERTIFICATE-----
        MIIBbTCCAROgAwIBAgIUdzRhIM0sEDOnuTYzx4wazbySX48wCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBeDAeFw0yNjExMjIwODEyNTVaFw0yNjExMjMwODEyNTVaMAwx
        CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ3MCQjDBL8LgPL
        xuDSRy5sDyqIAu149RxEqyTLYCEJDQmSDhdRoWzu3BR6R6iOmyv1Q+FXjuAl//my
        F30dS1Ino1MwUTAdBgNVHQ4EFgQUVQpe4dMtHNHZOvYGPUdyHK0o5CkwHwYDVR0j
        BBgwFoAUVQpe4dMtHNHZOvYGPUdyHK0o5CkwDwYDVR0TAQH/BAUwAwEB/zAKBggq
        hkjOPQQDAgNIADBFAiA1pB9rkrdjKp2ctDuflLNKfj4ViTGosNpJOAhpsbO+gQIh
        AMT4ibD2L2gXWILBY+GQ7iXNpwav+bJbMsB9RD2REyxZ
        -----END CERTIFICATE-----

        """;

    public const string Ed25519Private =
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEICoq+rWwKRVAaHKeAdPpXPIdprRycaiUrK4tATTI15QC
        -----END PRIVATE KEY-----

        """;

    public const string P256Private =
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgU5GPSt7uLie5VhHK
        gtKAynlzM0owPNo7fd/T8dChrmqhRANCAAQ3MCQjDBL8LgPLxuDSRy5sDyqIAu14
        9RxEqyTLYCEJDQmSDhdRoWzu3BR6R6iOmyv1Q+FXjuAl//myF30dS1In
        -----END PRIVATE KEY-----

        """;
}
