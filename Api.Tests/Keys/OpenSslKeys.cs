using System.Security.Cryptography;

namespace Repository.Api.Tests.Keys;

/// <summary>Public keys exactly as OpenSSL 3.0.19 wrote them (<c>openssl pkey -pubout</c> where nothing else is said), and signatures that it made.</summary>
internal static class OpenSslKeys
{
    /// <summary><c>genpkey -algorithm ed25519</c></summary>
    public const string Ed25519 =
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAog392UbeXrk9E2m/DqqizyxObsWTcxNri1dcZ6fyJC4=
        -----END PUBLIC KEY-----

        """;

    /// <summary><c>genpkey -algorithm x25519</c></summary>
    public const string X25519 =
        """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VuAyEAHtfPxfYevrMkdah7FADHAF9iWtZKbgXz2vPbNQjcgXc=
        -----END PUBLIC KEY-----

        """;

    /// <summary><c>genpkey -algorithm rsa</c></summary>
    public const string Rsa2048 =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4ymRGqu96Yq60HONo4yv
        Ep+KHcxdyh8tdXVsVC3kgb9LReqUwEnTlZcMBjnGErWwyTKw0rDEFnga6Y3xptCG
        UIRl3WrXvbJotpkaweco9yD/kXgOapoxFwdbanNLdF+F/Z2XTiBq81M3GHrviCpA
        twQeHuuOGMyUWRDTf+9NXTOKdIHpQm0djiyq8FLxhn22FHycKPt3IvH3dMWSDTyD
        CNevcWg3QTSyXqnMxMRZ0hrI6W6bv4tHr0PKtDTThQiepQcLABzeNkuoVx6ILcns
        yb4nmLQDvpzr9b1zNs/zpuF3CcNLObTpoqtxd2Gi0ZeBVYBa+YYsYAlF9slaEGuQ
        8wIDAQAB
        -----END PUBLIC KEY-----

        """;

    /// <summary>The same key by <c>rsa -RSAPublicKey_out</c>.</summary>
    public const string Rsa2048Pkcs1 =
        """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEA4ymRGqu96Yq60HONo4yvEp+KHcxdyh8tdXVsVC3kgb9LReqUwEnT
        lZcMBjnGErWwyTKw0rDEFnga6Y3xptCGUIRl3WrXvbJotpkaweco9yD/kXgOapox
        FwdbanNLdF+F/Z2XTiBq81M3GHrviCpAtwQeHuuOGMyUWRDTf+9NXTOKdIHpQm0d
        jiyq8FLxhn22FHycKPt3IvH3dMWSDTyDCNevcWg3QTSyXqnMxMRZ0hrI6W6bv4tH
        r0PKtDTThQiepQcLABzeNkuoVx6ILcnsyb4nmLQDvpzr9b1zNs/zpuF3CcNLObTp
        oqtxd2Gi0ZeBVYBa+YYsYAlF9slaEGuQ8wIDAQAB
        -----END RSA PUBLIC KEY-----

        """;

    /// <summary><c>genpkey -algorithm rsa -pkeyopt rsa_keygen_pubexp:3</c></summary>
    public const string Rsa2048Exponent3 =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBIDANBgkqhkiG9w0BAQEFAAOCAQ0AMIIBCAKCAQEA05u9jajkRXdbKJ2EvSqV
        vPg5KkxdGpw6RR/xgy528/TsqlU1la8tZbNMAr4dBzpm4/hAiBqHlPT2ZgB59mPY
        HunYwRd5+K768PNbS+irKZDZTCCAU/ARJ0OVZir/TW/PCKCnVJq7IiCHVlbu+3j5
        vQ6zSNeGowvaEAkshfT5FLwOQ8/o0m0NAyBe9mKCuvXa95JIT+2CCO4Z4DZYqyKf
        471kSnS/bVKcEKBDJ/CKO66RUH/Y9YAgX1Uws7YeS7IClQi3G3Ha1YeRouX+9C9+
        C9jTytdv1gi5/SjuWaM7z6En6wPiPQ7ff8xFTdXKMVI6TbOnWRzjsJrT0yzWH94q
        DwIBAw==
        -----END PUBLIC KEY-----

        """;

    /// <summary><c>genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256</c></summary>
    public const string P256 =
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENzAkIwwS/C4Dy8bg0kcubA8qiALt
        ePUcRKsky2AhCQ0Jkg4XUaFs7twUekeojpsr9UPhV47gJf/5shd9HUtSJw==
        -----END PUBLIC KEY-----

        """;

    /// <summary>The same key by <c>ec -conv_form compressed -pubout</c>.</summary>
    public const string P256Compressed =
        """
        -----BEGIN PUBLIC KEY-----
        MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADNzAkIwwS/C4Dy8bg0kcubA8qiALt
        ePUcRKsky2AhCQ0=
        -----END PUBLIC KEY-----

        """;

    /// <summary>The same key by <c>ec -param_enc explicit -pubout</c>.</summary>
    public const string P256Explicit =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABDcwJCMMEvwuA8vG4NJHLmwP
        KogC7Xj1HESrJMtgIQkNCZIOF1GhbO7cFHpHqI6bK/VD4VeO4CX/+bIXfR1LUic=
        -----END PUBLIC KEY-----

        """;

    /// <summary>What a Go program writes that leaves <c>pem.Block.Type</c> empty: the same lines under other labels.</summary>
    public static string UnderEmptyLabel(string pem) =>
        pem.Replace("RSA PUBLIC KEY", string.Empty, StringComparison.Ordinal).Replace("PUBLIC KEY", string.Empty, StringComparison.Ordinal);

    public static byte[] Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);

    public static string Pem(string label, ReadOnlySpan<byte> der) => PemEncoding.WriteString(label, der);
}
